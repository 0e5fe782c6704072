"""Makes many handouts: what is asked for, how files are named, the manifest, and the processes that build."""
