"""`checker train`, `checker refit` and `checker fit`: making the files of `models/` again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.errors import RecipeError

CasesOption = Annotated[Path, typer.Option(help="Folder with this project's labelled training cases.")]
DataOption = Annotated[Path, typer.Option(help="Folder that holds the public sets, one folder each.")]


def train(
    recipe: Annotated[Path, typer.Argument(help="Recipe file, such as models/recipes/compact.toml.")],
    data: DataOption,
    cases: CasesOption = Path("models/data"),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Model folder to write; models/NAME by default.")] = None,
    runs: Annotated[Path, typer.Option(help="Folder for checkpoints and logs; a killed run goes on from there.")] = Path("runs"),
) -> None:
    """Train a model from a recipe: stages, combiner, dev figures and model card."""
    from checker.train.run import train as run

    run(recipe, data=data, cases=cases, output=output, runs=runs)


def refit(
    recipe: Annotated[Path, typer.Argument(help="Recipe file of the model.")],
    cases: CasesOption = Path("models/data"),
    model: Annotated[Path | None, typer.Option(help="Model folder; models/NAME by default.")] = None,
    table: Annotated[Path | None, typer.Option(help="Write here what each group of signals is worth; changes nothing else.")] = None,
) -> None:
    """Fit a trained model's decision again after a change of the rules, from what its folds read: minutes, no training."""
    from checker.model.store import PACKAGE
    from checker.train.decide import refit as run
    from checker.train.readings import load_readings
    from checker.train.recipe import read_recipe
    from checker.train.run import read_labelled
    from checker.train.worth import leave_one_out, write_table

    described, labelled = read_recipe(recipe), read_labelled(cases)
    folder = model or PACKAGE.parent / "models" / described.name
    if table:
        write_table(table, described.name, leave_one_out(labelled, load_readings(folder)))
        return
    figures = run(described, labelled, folder)
    typer.echo("\n".join(f"{name.replace('_', ' ')}: {value:.3f}" for name, value in figures.items()))


def fit(
    name: Annotated[str, typer.Argument(help="Which small classifier: cues or study-type.")],
    data: DataOption,
    cases: CasesOption = Path("models/data"),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder to write; models/NAME by default.")] = None,
) -> None:
    """Fit one of the small classifiers of named features, with its card: about a minute."""
    from checker.model.store import PACKAGE
    from checker.train import cue_fit, study_type_fit
    from checker.train.run import read_labelled

    fits = {"cues": cue_fit.run, "study-type": study_type_fit.run}
    if name not in fits:
        raise RecipeError(f"no classifier {name!r}: one of {', '.join(fits)}")
    figures = fits[name](read_labelled(cases), data, output or PACKAGE.parent / "models" / name)
    for what, row in figures.items():
        typer.echo(f"{what}: precision {row['precision']:.3f}, recall {row['recall']:.3f}, F1 {row['f1']:.3f} ({row['items']:.0f})")
