"""The command line: `main` runs one command and tells every problem in one line, with the exit code of its kind."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from handouts.cli.frames import format_frames
from handouts.cli.interrupting import StoppedError, stoppable
from handouts.cli.reporting import Session, StdoutClosedError, prepare_streams, stdout_trouble, tell
from handouts.errors import NO_MEMORY, ExitCode, HandoutsError, Problem, lacks_memory

_PACKAGE = Path(__file__).resolve().parents[1]


def main(args: Sequence[str] | None = None) -> int:
    """Run the command of `args` (else of the program's own arguments) and return the exit code."""
    prepare_streams()
    _leave_no_core()
    session = Session()
    try:
        with stoppable():
            return _run(list(sys.argv[1:] if args is None else args), session)
    except HandoutsError as error:
        for problem in error.problems:
            tell(problem)
        code = error.exit_code
    except StdoutClosedError:
        code = ExitCode.DONE
    except KeyboardInterrupt:
        tell("interrupted")
        code = ExitCode.INTERRUPTED
    except StoppedError as stopped:
        tell(stopped.words)
        code = stopped.exit_code
    except Exception as error:  # noqa: BLE001 - the one place that catches everything: a bug is told in one line
        code = _tell_end(error, session)
    return int(code)


def _leave_no_core() -> None:
    """Let a crash write no image of the memory, which holds names of patients and passwords."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _run(args: list[str], session: Session) -> int:
    import typer.main
    from typer.exceptions import Abort, Exit, TyperException

    from handouts.cli.app import open_app

    command = typer.main.get_command(open_app(args))
    try:
        result = command.main(args, prog_name="handouts", standalone_mode=False, obj=session)
    except Exit as leave:
        result = leave.exit_code
    except Abort as error:
        raise KeyboardInterrupt from error
    except OSError as error:
        if not _wrote_help(error):
            raise
        raise stdout_trouble(error) from error
    except SystemExit as leave:  # Why: Rich leaves like this where nobody reads the help any more.
        raise StdoutClosedError from leave
    except TyperException as error:
        if not args:
            tell("handouts: name a command: handouts --help lists them")
        else:
            tell(_phrase_usage(error))
        return int(ExitCode.USAGE)
    if result == ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return result if isinstance(result, int) else int(ExitCode.DONE)


def _wrote_help(error: OSError) -> bool:
    """Tell whether no command of ours was at work: then the parser could not write its help."""
    ours = _own_frames(error)
    return bool(ours) and ours[-1].name == _run.__name__


def _own_frames(error: BaseException) -> list[traceback.FrameSummary]:
    frames = traceback.extract_tb(error.__traceback__)
    return [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]


def _phrase_usage(error: Exception) -> Problem:
    """What the parser found wrong, without the extra words it found: they may be half of a patient's name."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "handouts"
    near = getattr(error, "possibilities", None)
    message = str(getattr(error, "format_message", error.__str__)())
    hint = f"see: {path} --help"
    if near is not None:
        message = message.partition(" (")[0]
        if near:
            hint = f"did you mean {near[0]}?"
    elif ". Did you mean " in message:
        message, _, hint = message.partition(". D")
        hint = f"d{hint}"
    elif message.startswith("Got unexpected extra argument"):
        message, hint = "more words than expected", "put text with blanks in quotes"
    return Problem(message=f"{path}: {message[:1].lower()}{message[1:].rstrip('.')}", hint=hint)


def _tell_end(error: Exception, session: Session) -> ExitCode:
    """Tell of an error that nothing expected: a bug, unless the machine had no memory left."""
    if lacks_memory(error):
        tell(NO_MEMORY)
        return ExitCode.CANNOT_PRINT
    _tell_bug(error, session)
    return ExitCode.BUG


def _tell_bug(error: Exception, session: Session) -> None:
    """Why no message of the error: it could hold a patient's name."""
    ours = _own_frames(error)
    where = f" in {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    hint = "" if session.debug else ", with what handouts --debug … shows"
    tell(f"bug: {type(error).__name__}{where}: please report it{hint}")
    if session.debug:
        tell("".join(format_frames(error)).rstrip(), as_it_is=True)
