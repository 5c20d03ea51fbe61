"""The `checker` command. Torch is imported only by the commands that need a model.

Exit codes: 0 no sentence flagged, 1 some sentence flagged, 2 usage, 3 some input could not be checked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.errors import CheckerError, InputError, OutputError
from checker.evaluation.cli import app as evaluation
from checker.train.cli import fit, refit, train

CLEAN, FLAGGED, USAGE, FAILED = 0, 1, 2, 3

app = typer.Typer(
    name="checker",
    help="Reads a health-news draft next to its study's abstract and says what the study does not support.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
ModelOption = Annotated[str, typer.Option("--model", help="An installed model (see `checker models`), a folder, or a hub id of an NLI model.")]
RevisionOption = Annotated[str | None, typer.Option(help="Pinned revision of a hub model.")]


@app.command()
def check(
    draft: Annotated[str, typer.Argument(help="File with the draft, - for standard input. A headline is the first line, then a blank line.")],
    study: Annotated[str, typer.Option("--study", help="File with the study's abstract, - for standard input.")],
    format: Annotated[
        str, typer.Option("--format", help="text, fixes (what to change, to forward), json (the wire format), html (one page) or docx (comments).")
    ] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Save here rather than print.")] = None,
    model: ModelOption = "compact",
    revision: RevisionOption = None,
) -> None:
    """Check one draft against one abstract."""
    from checker.export import FORMATS, export
    from checker.files import draft_of, read_text, write_bytes

    if format not in FORMATS:
        raise typer.BadParameter(f"give one of {', '.join(FORMATS)}", param_hint="--format")
    if format == "docx" and output is None:
        raise typer.BadParameter("a Word file cannot be printed: name one with -o", param_hint="--format")
    if draft == study == "-":
        raise typer.BadParameter("only one of draft and study can come from standard input", param_hint="--study")
    draft_text, study_text = read_text(draft, "draft"), read_text(study, "abstract")
    _writable(output)
    from checker.pipeline import Checker
    from checker.screen import refuse
    from checker.types import Study

    pair = draft_of(draft_text), Study(study_text.strip("\ufeff\n "))
    refuse(*pair)
    report = Checker.load(model, revision=revision).check(*pair)
    told = export(report, format)
    if output is None:
        sys.stdout.buffer.write(told)
    else:
        write_bytes(output, told)
    raise typer.Exit(FLAGGED if report.findings else CLEAN)


@app.command()
def batch(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="JSON Lines, CSV or Parquet file, or a folder of them or of NAME.draft.txt with NAME.study.txt.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="JSON Lines file: one line for each input line.")],
    model: ModelOption = "compact",
    revision: RevisionOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over, even if an earlier run of this batch was killed.")] = False,
) -> None:
    """Check many drafts; a killed run goes on where it stopped when the command is given again."""
    from rich.console import Console
    from rich.progress import Progress

    from checker.batch import Tally, read_items, run_batch, run_fingerprint
    from checker.pipeline import Checker

    items = list(read_items(source))
    if not items:
        raise InputError(f"{source} holds no lines: each line is an object with draft and study", code="empty_file")
    if source.resolve() == output.resolve():
        raise OutputError(f"{output} is the input: choose another path with -o")
    _writable(output)
    checker = Checker.load(model, revision=revision)
    mark = run_fingerprint(source, f"{checker.scorer.name} {checker.scorer.revision}")
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking", total=len(items))

        def progress(tally: Tally) -> None:
            bar.update(task, completed=tally.done)

        tally = run_batch(checker, items, output, fingerprint=mark, progress=progress, fresh=fresh)
    resumed = f", {tally.resumed} kept from an earlier run" if tally.resumed else ""
    typer.echo(f"{tally.done} drafts: {tally.flagged} with findings, {tally.failed} could not be checked{resumed}. Saved in {output}", err=True)
    raise typer.Exit(FAILED if tally.failed else FLAGGED if tally.flagged else CLEAN)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; this computer alone by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    model: ModelOption = "compact",
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve the endpoints `check` and `batch` to MCP clients too.")] = False,
) -> None:
    """Open the page in which drafts are pasted and checked; text stays on this computer."""
    from checker.web import serve as run

    run(host=host, port=port, model=model, mcp=mcp)


@app.command()
def demo() -> None:
    """Check the bundled example: an overstated story about a small early trial."""
    from checker.examples import load_example
    from checker.pipeline import Checker
    from checker.render import render_text

    example = load_example()
    draft, study = example.draft, example.study
    typer.echo(f"THE DRAFT\n\n{draft.full}\n\nTHE ABSTRACT\n\n{study.text}\n\nTHE CHECK\n")
    typer.echo(render_text(Checker.load().check(draft, study)), nl=False)


@app.command()
def models() -> None:
    """List the models on this computer."""
    from checker.model.store import DEFAULT, fingerprint, local_models

    for entry in local_models():
        mark = " (default)" if entry.name == DEFAULT else ""
        typer.echo(f"{entry.name}{mark}  {entry.megabytes:.0f} MB  sha256 {fingerprint(entry.folder)}  {entry.folder}")


@app.command()
def validate(files: Annotated[list[Path], typer.Argument(help="JSON Lines files of labelled cases.")]) -> None:
    """Check labelled cases: spans verbatim, every sentence covered, labels legal, numbers consistent."""
    from checker.cases import CaseError, read_cases

    broken = 0
    for path in files:
        try:
            cases = read_cases(path)
        except CaseError as error:
            broken += 1
            typer.echo(str(error), err=True)
            continue
        typer.echo(f"{path}: {len(cases)} cases, {sum(len(case.sentences) for case in cases)} sentences, all valid")
    raise typer.Exit(FAILED if broken else CLEAN)


@app.command()
def rules() -> None:
    """Print every rule with its source and its sentences, as Markdown: this is docs/rules.md."""
    from checker.rules.page import render

    sys.stdout.buffer.write(render().encode())


@app.command()
def bench(
    drafts: Annotated[int, typer.Option(help="Drafts in the batch measurement.")] = 200,
    model: ModelOption = "compact",
) -> None:
    """Measure time and memory on this computer, beside the naive way in the same run."""
    from checker.bench import run

    for line in run(drafts=drafts, model=model):
        typer.echo(line)


app.add_typer(evaluation, name="eval")
for command in (train, refit, fit):
    app.command()(command)


def _writable(output: Path | None) -> None:
    """Refuse before any work is done when the result could not be saved."""
    if output is None:
        return
    if output.is_dir():
        raise OutputError(f"{output} is a folder: give a file name with -o")
    if not output.parent.is_dir():
        raise OutputError(f"{output} cannot be written: the folder {output.parent} does not exist; make it or choose another path with -o")
    try:
        with output.open("ab"):
            pass
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}; choose another path with -o") from error


def main() -> None:
    """Run the command line; an expected error is one plain line on standard error."""
    try:
        app()
    except CheckerError as error:
        typer.echo(f"checker: {error}", err=True)
        sys.exit(FAILED)
    except KeyboardInterrupt:
        typer.echo("checker: stopped; run the same command again to go on", err=True)
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
