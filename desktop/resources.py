"""Finds the files of resources/, in a checkout as in the packaged program."""

from pathlib import Path

# build.spec lays the folder beside the package, where a checkout has it: one rule serves both.
_FOLDER = Path(__file__).resolve().parents[1] / "resources"


def resource_path(*parts: str) -> Path:
    """Return where a resource lies, named by its path below resources/; a folder is named in the same way.

    Raises FileNotFoundError when the program was installed without it: a bug, nothing a user does.
    """
    path = _FOLDER.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"the program lacks its file {path}")
    return path
