"""Learns the weights of the net of segments with torch, and packs them small."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai_classifiers.segment_net import COLUMNS, FAR, NEAR, following_pairs
from gongkai_classifiers.segments import LONGEST, Sort
from gongkai_classifiers.training.segment_lessons import SegmentLessons
from gongkai_classifiers.weights import has_own_row, numbers_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[np.generic]]

_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """Sizes of the net and how long it learns; ``stretch`` is how many characters a step sees."""

    character: int = 16
    pair: int = 12
    rows: int = 1 << 15
    hidden: tuple[int, int] = (40, 24)
    epochs: int = 2
    stretch: int = 8192
    rate: float = 4e-3
    seed: int = 7
    fewest: int = 20
    blind: float = 0.06
    dropout: float = 0.05


def characters_of(lessons: SegmentLessons, fewest: int) -> str:
    """The characters seen often enough to have a row of their own, signs among them."""
    import numpy as np

    codes, counts = np.unique(lessons.text.codes, return_counts=True)
    often = zip(codes.tolist(), counts.tolist(), strict=True)
    return "".join(chr(code) for code, n in often if n >= fewest and has_own_row(chr(code)))


def _net(plan: SegmentPlan, characters: int) -> Any:
    torch: Any = import_module("torch")
    nn = torch.nn
    size = plan.character + plan.pair + 1
    first, second = plan.hidden
    net = nn.ModuleDict(
        {
            "character": nn.Embedding(characters, plan.character),
            "pair": nn.Embedding(plan.rows + 1, plan.pair),
            "one": nn.Linear(size * (2 * NEAR + 1), first),
            "two": nn.Linear(first * (2 * FAR + 1), second),
            "three": nn.Linear(second, COLUMNS * len(Sort)),
            "dropout": nn.Dropout(plan.dropout),
            "length": nn.Embedding(len(Sort), LONGEST - 1),
        }
    )
    nn.init.normal_(net["character"].weight, std=0.1)
    nn.init.normal_(net["pair"].weight, std=0.1)
    nn.init.zeros_(net["length"].weight)
    return net


def _emissions(net: Any, rows: Any, pairs: Any, gaps: Any) -> Any:
    torch: Any = import_module("torch")

    def beside(signal: Any, reach: int) -> Any:
        padded = torch.nn.functional.pad(signal, (0, 0, reach, reach))
        return torch.cat([padded[at : at + len(signal)] for at in range(2 * reach + 1)], 1)

    signal = torch.cat([net["character"](rows), net["pair"](pairs), gaps[:, None]], 1)
    signal = net["dropout"](torch.relu(net["one"](beside(signal, NEAR))))
    signal = net["dropout"](torch.relu(net["two"](beside(signal, FAR))))
    return net["three"](signal)


def learn(lessons: SegmentLessons, plan: SegmentPlan, threads: int = 1) -> Arrays:
    """Weights learnt from lessons, as packed arrays; the same seed gives the same within noise."""
    import numpy as np

    torch: Any = import_module("torch")
    torch.manual_seed(plan.seed)
    torch.set_num_threads(threads)
    chance = np.random.default_rng(plan.seed)
    characters = characters_of(lessons, plan.fewest)
    table = numbers_of(characters)
    net = _net(plan, len(characters) + 3)
    starts = np.arange(0, len(lessons.text.codes), plan.stretch)
    steps = plan.epochs * len(starts)
    optimiser = torch.optim.Adam(net.parameters(), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / 100) * max(0.02, 1 - step / steps)
    )
    for epoch in range(plan.epochs):
        total, ended = 0.0, 0
        shift = int(chance.integers(plan.stretch))
        for start in chance.permutation(starts):
            at = max(0, int(start) - shift)
            codes = lessons.text.codes[at : at + plan.stretch]
            rows = table[codes]
            rows[chance.random(len(rows)) < plan.blind] = 0
            pairs = following_pairs(codes, plan.rows) + 1
            pairs[chance.random(len(pairs)) < plan.blind] = 0
            gaps = lessons.text.gaps[at : at + plan.stretch].astype(np.float32)
            seen = _emissions(net, *(torch.from_numpy(part) for part in (rows, pairs, gaps)))
            loss, count = torch.zeros(()), 0
            for sort in Sort:
                value, asked = _loss(net, seen, lessons, sort, at)
                loss, count = loss + value, count + asked
            if not count:
                continue
            (loss / count).backward()
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            total, ended = total + float(loss.detach()), ended + count
        print(f"epoch {epoch + 1}: loss {total / max(1, ended):.4f} of {ended} ends", flush=True)
    return {**_packed(net, characters), "endings": lessons.endings.astype(np.uint32)}


def _loss(net: Any, seen: Any, lessons: SegmentLessons, sort: Sort, at: int) -> tuple[Any, int]:
    """The loss over all ends of one sort in a stretch from ``at`` on, and how many they are."""
    import numpy as np

    torch: Any = import_module("torch")
    where, lengths, blocked = lessons.ends[sort], lessons.lengths[sort], lessons.walls[sort]
    first, last = np.searchsorted(where, (at + LONGEST, at + len(seen)))
    ends, wanted = where[first:last], lengths[first:last]
    if not len(ends):
        return torch.zeros(()), 0
    begins = ends[:, None] - np.arange(1, LONGEST)[None, :]
    walled = blocked[ends][:, None] != blocked[np.maximum(begins - 1, 0)]
    local, place = torch.from_numpy(begins - at), torch.from_numpy(ends - at)
    columns = [seen[:, COLUMNS * sort + n] for n in range(COLUMNS)]
    sums = torch.cumsum(columns[1], 0)
    scores = columns[0][local] + (sums[place - 1][:, None] - sums[local])
    scores = scores + columns[2][place][:, None] + net["length"].weight[sort][None, :]
    scores = scores.masked_fill(torch.from_numpy(walled), _IMPOSSIBLE)
    scores = torch.cat([torch.zeros(len(ends), 1), scores], 1)
    answers = torch.from_numpy(np.maximum(wanted - 1, 0))
    return torch.nn.functional.cross_entropy(scores, answers, reduction="sum"), len(ends)


def _packed(net: Any, characters: str) -> Arrays:
    import numpy as np

    def small(weight: Any) -> NDArray[np.generic]:
        array: NDArray[np.generic] = weight.detach().numpy().astype(np.float16)
        return array

    pair = net["pair"].weight.detach().numpy()[1:]
    scale = float(np.abs(pair).max()) / 127
    arrays: Arrays = {
        "characters": np.array([ord(c) for c in characters], dtype=np.uint16),
        "character": small(net["character"].weight),
        "pair": np.round(pair / scale).astype(np.int8),
        "pair_scale": np.array(scale, dtype=np.float32),
        "length": small(net["length"].weight),
    }
    for number, name in enumerate(("one", "two", "three"), 1):
        arrays[f"w{number}"] = small(net[name].weight.T)
        arrays[f"b{number}"] = small(net[name].bias)
    return arrays


def write_net(path: Path, arrays: Arrays) -> int:
    """Writes the packed arrays; says how many bytes."""
    import numpy as np

    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return path.stat().st_size
