"""Learns the weights of the net with torch, and packs them small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai_classifiers.person_net import PAIRS_FROM, PAIRS_TO, near_pairs, width
from gongkai_classifiers.person_windows import AFTER, BEFORE, LONGEST
from gongkai_classifiers.training.lessons import Lessons
from gongkai_classifiers.weights import has_own_row, numbers_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NARROW = 0.35


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the net and how long it learns."""

    character: int = 24
    pair: int = 12
    rows: int = 1 << 16
    hidden: tuple[int, int] = (128, 32)
    epochs: int = 4
    batch: int = 512
    rate: float = 2e-3
    seed: int = 7
    fewest: int = 5
    blind: float = 0.06
    dropout: float = 0.2
    smooth: float = 0.0


def characters_of(lessons: Lessons, fewest: int) -> str:
    """The characters seen often enough to have a row of their own."""
    import numpy as np

    codes, counts = np.unique(lessons.windows, return_counts=True)
    often = zip(codes.tolist(), counts.tolist(), strict=True)
    return "".join(
        chr(code) for code, n in often if n >= fewest * width() // 3 and has_own_row(chr(code))
    )


def _net(plan: Plan, characters: int) -> Any:
    torch: Any = import_module("torch")
    nn = torch.nn
    size = width() * plan.character + (PAIRS_TO - PAIRS_FROM) * plan.pair + 6
    first, second = plan.hidden
    net = nn.ModuleDict(
        {
            "character": nn.Embedding(characters, plan.character),
            "pair": nn.Embedding(plan.rows, plan.pair),
            "layers": nn.Sequential(
                nn.Linear(size, first),
                nn.ReLU(),
                nn.Dropout(plan.dropout),
                nn.Linear(first, second),
                nn.ReLU(),
                nn.Linear(second, 4),
            ),
        }
    )
    nn.init.normal_(net["character"].weight, std=0.1)
    nn.init.normal_(net["pair"].weight, std=0.1)
    return net


def _answer(net: Any, seen: Any, pairs: Any, gaps: Any) -> Any:
    torch: Any = import_module("torch")
    count = seen.shape[0]
    characters = net["character"](seen).reshape(count, -1)
    beside = net["pair"](pairs).reshape(count, -1)
    return net["layers"](torch.cat([characters, beside, gaps], 1))


def learn(lessons: Lessons, plan: Plan, threads: int = 1) -> dict[str, NDArray[np.generic]]:
    """Weights learnt from lessons, as packed arrays; the same seed gives the same within noise."""
    import numpy as np

    torch: Any = import_module("torch")
    torch.manual_seed(plan.seed)
    torch.set_num_threads(threads)
    chance = np.random.default_rng(plan.seed)
    characters = characters_of(lessons, plan.fewest)
    table = numbers_of(characters)
    net = _net(plan, len(characters) + 3)
    steps = plan.epochs * (len(lessons.answers) // plan.batch)
    optimiser = torch.optim.Adam(net.parameters(), lr=plan.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / 200) * max(0.02, 1 - step / steps)
    )
    loss = torch.nn.CrossEntropyLoss(label_smoothing=plan.smooth)
    step = 0
    for epoch in range(plan.epochs):
        total = 0.0
        order = chance.permutation(len(lessons.answers))
        for at in range(0, len(order) - plan.batch + 1, plan.batch):
            rows = order[at : at + plan.batch]
            codes = lessons.windows[rows].astype(np.int64)
            seen = table[codes]
            seen[chance.random(seen.shape) < plan.blind] = 0
            near = _near(chance, len(rows))
            seen[~near] = 0
            pairs = near_pairs(codes, plan.rows - 1) + 1
            pairs[~(near[:, PAIRS_FROM:PAIRS_TO] & near[:, PAIRS_FROM + 1 : PAIRS_TO + 1])] = 0
            pairs[chance.random(pairs.shape) < plan.blind] = 0
            gaps = torch.from_numpy(lessons.gaps[rows].astype(np.float32))
            answer = _answer(net, torch.from_numpy(seen), torch.from_numpy(pairs), gaps)
            value = loss(answer, torch.from_numpy(lessons.answers[rows].astype(np.int64)))
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            schedule.step()
            total += float(value.detach())
            step += 1
        print(f"epoch {epoch + 1}: loss {total / max(1, len(order) // plan.batch):.4f}", flush=True)
    return _packed(net, characters)


def _near(chance: np.random.Generator, count: int) -> NDArray[np.bool_]:
    """Which places of each window are shown: of one in three only those around the middle.

    So the net learns to judge a name by itself and its nearest neighbours, not by whole phrases.
    """
    import numpy as np

    narrow = chance.random(count) < _NARROW
    left = np.where(narrow, chance.integers(1, BEFORE, count), BEFORE)
    right = np.where(narrow, chance.integers(LONGEST + 1, AFTER, count), AFTER)
    places = np.arange(BEFORE + AFTER) - BEFORE
    shown: NDArray[np.bool_] = (places >= -left[:, None]) & (places < right[:, None])
    return shown


def _packed(net: Any, characters: str) -> dict[str, NDArray[np.generic]]:
    import numpy as np

    arrays: dict[str, NDArray[np.generic]] = {
        "characters": np.array([ord(c) for c in characters], dtype=np.uint16),
        "character": net["character"].weight.detach().numpy().astype(np.float16),
    }
    pair = net["pair"].weight.detach().numpy()[1:]
    scale = float(np.abs(pair).max()) / 127
    arrays["pair"] = np.round(pair / scale).astype(np.int8)
    arrays["pair_scale"] = np.array(scale, dtype=np.float32)
    linear = [layer for layer in net["layers"] if hasattr(layer, "weight")]
    for number, layer in enumerate(linear, 1):
        arrays[f"w{number}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"b{number}"] = layer.bias.detach().numpy().astype(np.float16)
    return arrays


def write_nets(path: Path, nets: Sequence[dict[str, NDArray[np.generic]]]) -> int:
    """Writes the packed arrays of each net; says how many bytes."""
    import numpy as np

    named = {f"{n}/{name}": array for n, net in enumerate(nets) for name, array in net.items()}
    np.savez_compressed(path, **named)  # type: ignore[arg-type]
    return path.stat().st_size
