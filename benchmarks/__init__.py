"""What the program is measured by: `python -m benchmarks.speed`, and scripts that break it on purpose."""
