"""Every module says what it is for, packages are empty rooms, and names say something."""

import ast

from tests.architecture.sources import ROOT, python_files, shown, text_files, tree

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
TOP_FOLDERS = {"pos_app", "sync", "resources", "installer", "tests"}


def docstring_fault(module: ast.Module) -> str | None:
    """What is wrong with the module's docstring, or None."""
    text = ast.get_docstring(module, clean=True)
    if not text:
        return "has no docstring"
    first, *rest = text.splitlines()
    if not first.strip() or (rest and rest[0].strip()):
        return "needs its summary on one line"
    return None


def empty_names(module: ast.Module) -> list[str]:
    """Classes that are called Something-Manager, -Helper or -Utils."""
    endings = ("Manager", "Helper", "Helpers", "Utils", "Util")
    classes = [node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    return [name for name in classes if name.endswith(endings)]


def test_every_module_says_in_one_line_what_it_is_for() -> None:
    wrong = [
        f"{shown(path)}: {fault}"
        for path in python_files()
        if path.name != "__init__.py" and (fault := docstring_fault(tree(path)))
    ]
    assert not wrong, "\n".join(wrong)


def test_packages_are_empty_rooms() -> None:
    wrong = [
        shown(path) for path in python_files() if path.name == "__init__.py" and path.read_bytes().strip()
    ]
    assert not wrong, "leave __init__.py empty:\n" + "\n".join(wrong)


def test_names_say_something() -> None:
    files = [
        shown(path)
        for path in python_files()
        if SAYS_NOTHING & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    classes = [f"{shown(path)}: {name}" for path in python_files() for name in empty_names(tree(path))]
    assert not files + classes, "\n".join(files + classes)


def test_the_project_has_five_top_folders() -> None:
    folders = {shown(path).split("/")[0] for path in text_files() if "/" in shown(path)}
    assert folders - {".ci"} <= TOP_FOLDERS


def test_a_bad_docstring_is_noticed() -> None:
    assert docstring_fault(ast.parse("x = 1")) == "has no docstring"
    assert docstring_fault(ast.parse('"""One\ntwo."""'))
    assert docstring_fault(ast.parse('"""One."""')) is None
    assert empty_names(ast.parse("class SaleManager: pass")) == ["SaleManager"]
