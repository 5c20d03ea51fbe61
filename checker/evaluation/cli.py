"""`checker eval`: run tasks, compare two runs, write the report, hold the gate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from checker.errors import CheckerError, InputError

if TYPE_CHECKING:
    from checker.evaluation.run import Progress

RUN = "run"
SHOWN = 20


class DefaultGroup(TyperGroup):
    """A command group in which anything that is no command goes to `run`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` in front of a task name or an option."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="eval",
    cls=DefaultGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help=(
        "Score a model, or any system's predictions, on public sets and on this project's own.\n\n"
        "`checker eval TASK...` is short for `checker eval run TASK...`. Tasks: drafts, exaggeration, strength, scifact, healthver,"
        " check-covid, nli4ct, clinifact, citation-integrity, hedges, study-type; `checker eval tasks` says of each where the"
        " set comes from and what its labels mean."
    ),
)


@contextmanager
def errors_told() -> Iterator[None]:
    """Tell a user error in its own words and exit with 2."""
    try:
        yield
    except CheckerError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar on standard error, shown on a terminal only."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        job = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(job, completed=done, total=total)


@app.command(RUN)
def run(
    tasks: Annotated[list[str], typer.Argument(help="Tasks to run; `checker eval tasks` lists them.", metavar="TASK...")],
    model: Annotated[str, typer.Option(help="Installed model, hub id or folder: ours, or any NLI sequence classifier.")] = "compact",
    revision: Annotated[str | None, typer.Option(help="Revision of a hub model.")] = None,
    predictions: Annotated[Path | None, typer.Option(help="JSON Lines of another system's predictions, scored in the model's place.")] = None,
    baseline: Annotated[str | None, typer.Option(help="Score a baseline instead: majority, always-flag or cue-words.")] = None,
    split: Annotated[str, typer.Option(help="dev or test.")] = "test",
    mode: Annotated[str, typer.Option(help="For exaggeration: strength (compare two strengths) or pair (verdict on the pair).")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N samples; marks the results as partial.")] = None,
    data: Annotated[Path | None, typer.Option(help="Local copy of the set: the labelled file, or the folder that holds it.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Results go to OUT/<task>/<time>/.")] = Path("results"),
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    baselines: Annotated[bool, typer.Option(help="Score the baselines beside the system.")] = True,
) -> None:
    """Run tasks. Saves results.json and samples.jsonl; the last line printed is the path of results.json."""
    with errors_told():
        if len(tasks) > 1 and (data or predictions):
            raise InputError("--data and --predictions go with one task at a time")
        if predictions and baseline:
            raise InputError("give --predictions or --baseline, not both")
        from checker.evaluation.evaluate import Settings, evaluate
        from checker.evaluation.results import read_run
        from checker.evaluation.tasks import find_task

        for name in [find_task(task).name for task in tasks]:
            settings = Settings(
                task=name, model=model, revision=revision, predictions=predictions, baseline=baseline, split=split, mode=mode,
                limit=limit, data=data, out=out, seed=seed, baselines=baselines,
            )  # fmt: skip
            with progress_bar(name) as progress:
                path = evaluate(settings, now=datetime.now(UTC), progress=progress)
            typer.echo(summary(read_run(path).results))
            typer.echo(path)


def summary(results: dict[str, Any]) -> str:
    """The scores as a short table."""
    counts = f"{results['task']} ({results['split']}): {results['scored']} of {results['n']} scored, {results['unscored']} unscored"
    lines = [f"{counts}, {results['studies']} studies{', PARTIAL' if results['partial'] else ''}"]
    for name, metric in results["metrics"].items():
        lines.append(f"  {name:<30} {metric['value']:.3f}  [{metric['low']:.3f}, {metric['high']:.3f}]")
    return "\n".join(lines)


@app.command()
def tasks() -> None:
    """List the tasks: source, licence, metrics, and the table from answers to labels."""
    from checker.evaluation.tasks import TASKS

    for task in TASKS.values():
        typer.echo(f"{task.name}\n  {task.title}\n  {task.citation}")
        typer.echo(f"  source: {task.source} ({task.version})\n  licence: {task.licence}")
        if task.hub:
            typer.echo(f"  hub: {task.hub}")
        files = "; ".join(f"{split}: {' or '.join(names)}" for split, names in task.files.items())
        typer.echo(f"  files: {files}\n  metrics: {', '.join(task.metrics)}")
        if task.answers:
            typer.echo("  labels: " + "; ".join(f"{answer} -> {label}" for answer, label in task.answers.items()))
        typer.echo(f"  note: {task.note}\n" if task.note else "")


@app.command()
def compare(
    a: Annotated[Path, typer.Argument(help="Folder or results.json of a run.")],
    b: Annotated[Path, typer.Argument(help="Folder or results.json of a second run on the same data.")],
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    changes: Annotated[int, typer.Option(min=0, help="How many changed decisions to show.")] = SHOWN,
) -> None:
    """Compare two runs: paired bootstrap differences B - A, and which sentences changed."""
    with errors_told():
        from checker.evaluation.compare import compare as compare_runs
        from checker.evaluation.results import read_run

        compared = compare_runs(read_run(a), read_run(b), seed=seed)
        typer.echo("B - A, with 95 % intervals (paired bootstrap over studies)")
        for name, difference in compared.differences.items():
            sure = "" if difference.low <= 0 <= difference.high else "  *"
            typer.echo(f"  {name:<30} {difference.value:+.3f}  [{difference.low:+.3f}, {difference.high:+.3f}]{sure}")
        effects = [change.effect for change in compared.changes]
        told = ", ".join(f"{effects.count(effect)} {effect}" for effect in ("fixed", "broken", "still wrong"))
        typer.echo(f"{len(compared.changes)} decisions changed: {told}")
        for change in compared.changes[:changes]:
            typer.echo(f"  {change.effect}: {change.key} gold {change.gold}, A {change.a}, B {change.b}: {change.text[:160]!r}")


@app.command()
def worst(
    run: Annotated[Path, typer.Argument(help="Folder or results.json of a run of the task drafts.")],
    count: Annotated[int, typer.Option(min=0, help="How many sentences to show.")] = SHOWN,
) -> None:
    """The worst errors of a run as Markdown: false alarms first, the surest first. Read it on dev, never on test."""
    with errors_told():
        from checker.evaluation.results import read_run
        from checker.evaluation.worst import worst as worst_of

        for line in worst_of(read_run(run), count):
            typer.echo(line)


@app.command()
def sizes(
    data: Annotated[Path, typer.Option(help="Folder that holds clinifact and w3phi-covered-abstracts as published.")],
    split: Annotated[str, typer.Option(help="dev (read while the rules were written), test or all.")] = "all",
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
) -> None:
    """Sample sizes that the study reader reads in real abstracts, against those that a person read there."""
    with errors_told():
        from checker.evaluation.sample_size import measure

        for name, value in measure(data, split, seed=seed).items():
            typer.echo(f"  {name:<10} {value.value:.3f}  [{value.low:.3f}, {value.high:.3f}]")


@app.command()
def report(directory: Annotated[Path, typer.Argument(help="Folder with runs, as given to -o.")]) -> None:
    """Write report.html (one self-contained page) and LEADERBOARD.md from every run in a folder."""
    with errors_told():
        from checker.evaluation.report import write_report
        from checker.evaluation.results import find_runs

        for path in write_report(find_runs(directory), directory, now=datetime.now(UTC)):
            typer.echo(path)


@app.command()
def agreement(
    first: Annotated[Path, typer.Argument(help="Labelled cases of one annotator.")],
    second: Annotated[Path, typer.Argument(help="The same cases as another annotator labelled them.")],
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Figures only, without the sentences that differ.")] = False,
) -> None:
    """Agreement of two annotators: kappa on verdicts, F1 on kinds, spans, caveats and cues."""
    with errors_told():
        from checker.cases import CaseError, read_cases
        from checker.evaluation import agreement as agreements

        try:
            found = agreements.agreement(read_cases(first), read_cases(second), seed=seed)
        except (CaseError, OSError) as error:
            raise InputError(str(error)) from error
        typer.echo(agreements.summary(found))
        if not quiet:
            for item in found.disagreements:
                typer.echo(f"{item.case} [{item.sentence}] {item.first} | {item.second}: {item.text!r}")


@app.command()
def card(folder: Annotated[Path, typer.Argument(help="Folder with dev.jsonl, test.jsonl and the dataset card.")] = Path("eval/data")) -> None:
    """Write what the labelled set holds into its card, and its Croissant metadata."""
    with errors_told():
        from checker.cases import CaseError
        from checker.evaluation.dataset import describe

        try:
            written = describe(folder)
        except CaseError as error:
            raise InputError(str(error)) from error
        for path in written:
            typer.echo(path)


@app.command()
def gate(
    model: Annotated[str, typer.Option(help="The model that is held to the floors.")] = "compact",
    floors: Annotated[Path | None, typer.Option(help="The pinned floors; eval/floors.json by default.")] = None,
    data: Annotated[Path | None, typer.Option(help="Cases to score on; the dev split by default.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the run is saved.")] = Path("results"),
    pin: Annotated[bool, typer.Option("--pin", help="Raise the floors to this run's scores; refuses to lower one.")] = False,
) -> None:
    """Score the committed weights on the dev split against pinned floors; exit 1 when one is missed."""
    with errors_told():
        from checker.evaluation import gate as gates
        from checker.evaluation.evaluate import Settings, evaluate
        from checker.evaluation.results import read_run

        where = floors or gates.FLOORS
        pinned = None if pin and not where.is_file() else gates.read_floors(where)
        settings = Settings(task="drafts", model=model, split="dev", data=data, out=out, baselines=False)
        with progress_bar("drafts") as progress:
            path = evaluate(settings, now=datetime.now(UTC), progress=progress)
        results = read_run(path).results
        if pin:
            for name, floor in gates.pin(results, where)["floors"].items():
                typer.echo(f"  {name:<30} pinned at {floor:.4f}")
            return
        verdicts = gates.judge(results, pinned or {})
        for verdict in verdicts:
            told = "gone" if verdict.value is None else f"{verdict.value:.4f}"
            typer.echo(f"  {'ok  ' if verdict.passed else 'FAIL'} {verdict.metric:<30} {told}  floor {verdict.floor:.4f}")
        typer.echo(path)
        if not all(verdict.passed for verdict in verdicts):
            raise typer.Exit(1)
