"""The accessibility gate: every PDF a test makes is looked at by four checkers before the suite may pass.

`submit` hands a finished file in; `zz_gate/test_gate.py` looks at all of them at the end. `assert_accessible` looks at one
file at once. The four see different faults: `integrity` (ours) the ties between marks, elements and annotations that no
validator follows; page-validation and veraPDF the rules of PDF/UA-1 (ISO 14289-1), independently; outloud what a screen
reader would meet.
"""

from gate.check import assert_accessible, check_files
from gate.collection import Collection, submit
from gate.faults import Fault

__all__ = ["Collection", "Fault", "assert_accessible", "check_files", "submit"]
