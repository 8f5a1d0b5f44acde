"""Write the golden papers anew: `python -m tests.golden.update`; then look at the difference."""

from tests.golden import papers


def main() -> None:
    """Every file, and none that nobody asks for any more."""
    papers.FOLDER.mkdir(exist_ok=True)
    files = {papers.file_of(*each): each for each in papers.wanted()}
    proof = papers.FOLDER / f"{papers.PROOF}.txt"
    for path in papers.FOLDER.glob("*.txt"):
        if path not in files and path != proof:
            path.unlink()
    for path, each in files.items():
        path.write_text(papers.made(*each), encoding="utf-8", newline="\n")
    proof.write_text(papers.proof(), encoding="utf-8", newline="\n")
    print(f"{len(files) + 1} files in {papers.FOLDER}")


if __name__ == "__main__":
    main()
