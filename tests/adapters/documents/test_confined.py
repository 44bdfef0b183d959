"""The process that reads: how many there are at once, what it finds around it, and what its end says of a file."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents import confined
from cchc_tasks.adapters.documents.confined import Died, Hindered, TooLong, answer_of
from cchc_tasks.adapters.documents.limits import MOST_AT_ONCE
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import ReadingUnavailable

# A module of the standard library that runs what it is told once: what a parser might do that fell to an attacker.
MODULE = "timeit"


def run(code: str, tmp_path: Path, seconds: float = 20) -> bytes:
    """What a confined process writes that runs this code."""
    source = tmp_path / "nguồn"
    source.write_bytes(b"x")
    with source.open("rb") as opened:
        return answer_of(MODULE, ("-n1", "-r1", "-s", code, "pass"), opened, seconds)


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> threading.BoundedSemaphore:
    """Room for one process and for one that waits, shortly."""
    place = threading.BoundedSemaphore(1)
    monkeypatch.setattr(confined, "_READING", place)
    monkeypatch.setattr(confined, "_WAITING", threading.BoundedSemaphore(1))
    monkeypatch.setattr(confined, "LONGEST_WAIT", 0.2)
    return place


class TestProcess:
    def test_finds_no_file_or_setting_of_this_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CCHC_SECRET_KEY", "bí mật")
        with (tmp_path / "cchc.db").open("wb") as database:
            os.set_inheritable(database.fileno(), True)

            seen = run(
                "import json, os; fds = [os.readlink(f'/proc/self/fd/{fd}') for fd in (0, 1, 2)];"
                "print(json.dumps({'settings': sorted(os.environ), 'here': os.listdir('.'), 'fds': fds,"
                "'others': [fd for fd in range(3, 256) if os.path.exists(f'/proc/self/fd/{fd}')]}))",
                tmp_path,
            )

        found = json.loads(seen.splitlines()[0])
        assert found["others"] == []
        assert found["here"] == []
        assert "CCHC_SECRET_KEY" not in found["settings"]
        assert Path(found["fds"][0]).name == "nguồn"

    @pytest.mark.parametrize(
        ("code", "end"),
        [
            ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Hindered),  # as the kernel does without memory
            ("import os; os._exit(os.EX_IOERR)", Hindered),
            ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Died),
            ("import os, signal; os.kill(os.getpid(), signal.SIGALRM)", TooLong),
            ("import sys; sys.exit(3)", Died),
            ("import sys; [sys.stdout.write('x' * 2 ** 20) for _ in range(33)]", Died),
        ],
    )
    def test_says_by_its_end_whose_fault_it_was(self, code: str, end: type[Exception], tmp_path: Path) -> None:
        with pytest.raises(end):
            run(code, tmp_path)

    def test_cannot_put_another_file_in_the_place_of_its_answer(self, tmp_path: Path) -> None:
        code = "import os; [os.remove(one) for one in os.listdir('.')]; os.mkfifo('answer'); print('đây')"

        assert run(code, tmp_path).startswith("đây".encode())

    def test_of_a_reader_is_the_first_to_go_and_ends_by_itself(self) -> None:
        """Whoever waits for it may have been killed; its limits are those of a process that nobody watches."""
        code = (
            "import signal; from cchc_tasks.adapters.documents.limits import confine_this_process;"
            "confine_this_process(); print(open('/proc/self/oom_score_adj').read(), signal.alarm(0))"
        )
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

        assert ended.stdout.split() == [b"1000", b"28"]

    def test_says_so_when_the_disk_is_full(self) -> None:
        command = [sys.executable, "-m", "cchc_tasks.adapters.documents.answering", "whole", "1000"]
        with Path("/dev/full").open("wb") as full:
            ended = subprocess.run(command, input="Kế hoạch".encode(), stdout=full, check=False)

        assert ended.returncode == os.EX_IOERR


class TestProcesses:
    def test_wait_for_their_turn(self, tmp_path: Path) -> None:
        """More readers than places, all served, and never more of them at once than there are places."""
        seen = tmp_path / "cùng lúc"
        seen.mkdir()
        code = (
            f"import os, time; mine = '{seen}/' + str(os.getpid()); open(mine, 'w').close(); time.sleep(0.1);"
            f"print(len(os.listdir('{seen}'))); os.remove(mine)"
        )
        answers: list[int] = []

        def read(number: int) -> None:
            folder = tmp_path / str(number)
            folder.mkdir()
            answers.append(int(run(code, folder).split()[0]))

        threads = [threading.Thread(target=read, args=(number,)) for number in range(3 * MOST_AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(answers) == 3 * MOST_AT_ONCE
        assert max(answers) <= MOST_AT_ONCE

    def test_do_not_wait_for_ever(self, one_place: threading.BoundedSemaphore, tmp_path: Path) -> None:
        with one_place, pytest.raises(Hindered):
            run("pass", tmp_path)

    def test_do_not_wait_in_a_crowd(
        self, one_place: threading.BoundedSemaphore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        crowd = threading.BoundedSemaphore(1)
        monkeypatch.setattr(confined, "_WAITING", crowd)
        monkeypatch.setattr(confined, "LONGEST_WAIT", 60)
        with one_place, crowd, pytest.raises(Hindered):
            run("pass", tmp_path)

    @pytest.mark.parametrize("code", ["pass", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"])
    def test_leave_their_place_however_they_end(
        self, code: str, one_place: threading.BoundedSemaphore, tmp_path: Path
    ) -> None:
        for _ in range(2):
            try:
                run(code, tmp_path)
            except Died:
                continue
        assert one_place.acquire(blocking=False)


class TestFile:
    @pytest.mark.parametrize("ask", [FileReader.read, FileReader.beginning])
    def test_is_read_at_another_time_where_nothing_can_be_written(
        self, ask: Callable[[FileReader, Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "kế hoạch.txt"
        path.write_text("Kế hoạch", encoding="utf-8")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "đầy"))

        with pytest.raises(ReadingUnavailable, match=r"kế hoạch\.txt") as refusal:
            ask(FileReader(), path)

        assert str(tmp_path) not in str(refusal.value)  # a page of the web shows this sentence
