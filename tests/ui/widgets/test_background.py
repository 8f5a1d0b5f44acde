"""Slow work leaves the main thread and its answer comes back to it."""

import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_app.ui import background
from pos_app.ui.background import SynchronousPool, ThreadedPool, run_task, settle, use_pool


@pytest.fixture(autouse=True)
def _pool_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background._Current, "pool", None)


def test_work_runs_elsewhere_and_the_answer_comes_home(qapp: QApplication, qtbot: QtBot) -> None:
    pool = ThreadedPool()
    main = threading.get_ident()
    workers: list[int] = []
    answers: list[tuple[int, int]] = []

    def work() -> int:
        workers.append(threading.get_ident())
        return 7

    pool.run(work, lambda result: answers.append((result, threading.get_ident())), lambda _: None)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert workers[0] != main
    assert answers == [(7, main)]


def test_a_failure_is_heard_of(qapp: QApplication, qtbot: QtBot) -> None:
    pool = ThreadedPool()
    failures: list[Exception] = []

    def work() -> None:
        raise OSError("no paper")

    pool.run(work, lambda _: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=5000)
    assert isinstance(failures[0], OSError)


def test_many_tasks_each_answer_once(qapp: QApplication, qtbot: QtBot) -> None:
    pool = ThreadedPool()
    answers: list[int] = []
    for number in range(50):
        pool.run(lambda number=number: number, answers.append, lambda _: None)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 50, timeout=5000)
    assert sorted(answers) == list(range(50))
    assert pool.wait()


def test_whoever_is_gone_is_told_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    use_pool(ThreadedPool())
    begun, go, told = threading.Event(), threading.Event(), list[str]()

    def work() -> str:
        begun.set()
        go.wait(10)
        return "late"

    run_task(work, told.append, lambda _: None)
    assert begun.wait(10)
    go.set()
    settle()  # the window closes: the work has ended, its answer is still on its way
    run_task(lambda: "next", told.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == ["next"]


def test_tests_may_run_it_at_once(qapp: QApplication) -> None:
    use_pool(SynchronousPool())
    answers: list[object] = []
    run_task(lambda: 1, answers.append, answers.append)
    run_task(lambda: 1 // 0, answers.append, answers.append)
    assert answers[0] == 1
    assert isinstance(answers[1], ZeroDivisionError)
