"""The candidates as a table anybody can read: every client beside every place, then the rules."""

from __future__ import annotations

import numpy as np
import polars as pl

from polku.planning.matching.problem import Ints, Longs
from polku.planning.matching.rules import KIND_MASK, KIND_SHIFT, NO_POINT, Clients, Places
from polku.planning.matching.scores import POSSIBLE, Weights

COLUMNS_OF_CLIENTS = (
    "x", "y", "radius", "hours", "has", "rules_out", "strengths", "learning", "wished_tasks",
    "wished_kinds", "known_host",
)  # fmt: skip
COLUMNS_OF_PLACES = ("x", "y", "coarse", "hours", "needs", "traits", "tasks", "teaches", "host")


def candidates(
    clients: Clients, places: Places, weights: Weights, most: int = 30
) -> tuple[Longs, Ints, Ints]:
    """Return (start, place, score) by client, places in order."""
    table = _pairs(clients, places).pipe(_passing).pipe(_scored, weights)
    ranked = table.with_columns(
        rank=pl.struct(-pl.col("score"), pl.col("place")).rank("ordinal").over("client")
    )
    kept = ranked.filter((pl.col("rank") <= most) | pl.col("wished")).sort("client", "place")
    counts = np.bincount(kept["client"].to_numpy(), minlength=len(clients))
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return (
        start,
        kept["place"].to_numpy().astype(np.int32),
        kept["score"].to_numpy().astype(np.int32),
    )


def _pairs(clients: Clients, places: Places) -> pl.DataFrame:
    ours = pl.DataFrame({name: getattr(clients, name) for name in COLUMNS_OF_CLIENTS})
    theirs = pl.DataFrame({f"p_{name}": getattr(places, name) for name in COLUMNS_OF_PLACES})
    table = ours.with_row_index("client").join(theirs.with_row_index("place"), how="cross")
    for name, pairs in (("wished", clients.wished), ("vetoed", clients.vetoed)):
        marks = pl.DataFrame(
            {"client": pairs[:, 0].astype(np.uint32), "place": pairs[:, 1].astype(np.uint32)}
        ).unique()
        table = table.join(
            marks.with_columns(pl.lit(True).alias(name)), on=["client", "place"], how="left"
        ).with_columns(pl.col(name).fill_null(False))
    return table.with_columns(
        known=~pl.col("p_coarse") & (pl.col("p_x") != NO_POINT) & (pl.col("x") != NO_POINT),
        metres=((pl.col("p_x") - pl.col("x")) ** 2 + (pl.col("p_y") - pl.col("y")) ** 2)
        .cast(pl.Float64)
        .sqrt()
        .cast(pl.Int64),
    )


def _passing(table: pl.DataFrame) -> pl.DataFrame:
    has_all = pl.col("p_needs") & ~pl.col("has") == 0
    meets_nothing = pl.col("p_traits") & pl.col("rules_out") == 0
    hours = pl.col("p_hours") <= pl.col("hours")
    near = ~pl.col("known") | (pl.col("metres") <= pl.col("radius"))
    return table.filter(has_all, meets_nothing, hours, near, ~pl.col("vetoed"))


def _scored(table: pl.DataFrame, weights: Weights) -> pl.DataFrame:
    kinds = (pl.col("p_traits") // (1 << KIND_SHIFT)) & pl.lit(KIND_MASK, pl.UInt64)
    task = pl.col("p_tasks") & pl.col("wished_tasks") != 0
    kind = kinds & pl.col("wished_kinds") != 0
    wishes = (
        pl.when("wished")
        .then(weights.wished_place)
        .otherwise(task.cast(int) * weights.wished_task + kind.cast(int) * weights.wished_kind)
    )
    good = (pl.col("p_tasks") & pl.col("strengths")).bitwise_count_ones().cast(pl.Int64)
    new = (pl.col("p_teaches") & pl.col("learning")).bitwise_count_ones().cast(pl.Int64)
    way = weights.travel - weights.travel * pl.col("metres") // pl.col("radius")
    travel = pl.when("known").then(way).otherwise(weights.travel_unknown)
    same_host = (pl.col("p_host") == pl.col("known_host")) & (pl.col("p_host") >= 0)
    return table.with_columns(
        score=wishes
        + pl.min_horizontal(good * weights.strength, weights.strengths_at_most)
        + pl.min_horizontal(new * weights.learning, weights.learning_at_most)
        + travel
        + same_host.cast(int) * weights.continuity
        + POSSIBLE
    )
