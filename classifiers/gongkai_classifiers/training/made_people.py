"""Names for papers about people: rare surnames and spelt names too, and what is none instead."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from gongkai_classifiers.names import lexicon, rare_surnames, spelt_parts
from gongkai_classifiers.person_windows import LONGEST
from gongkai_classifiers.training.invented import words
from gongkai_classifiers.training.made_names import Names

_RARE_SHARE = 0.25
"""Per mille of a surname that only the nets look for; there are some two hundred."""
_FLAT = 0.7
_ENDS = tuple("加杰吉措毛草太江提丁汗罕拜孜克甫嘎格图勒尔古呷铁")
"""Last characters of spelt names."""
_SELDOM = (
    "帼婵翊玥熠骞珩璟钰铮铖锴镕鑫淼焱垚犇骁骥骅麟麒鹤鹭鸾莺雁燚煊炫炯炅烁灏瀚澍澜沁沅沂洵浚涤滢潇潼濡瀛翎翥翀"
    "耘肇胤舫芃芊芮芷苒苓苡茉茵荃荞菁菀萱葆蓁蔓蕊蕙藜虹蛟衍裴祺谊谧谨贻赟轲轶迎迪逸遥邈郁钊钏铎锐锟锦霁霆韬韵"
    "颂颐颢飏馥馨骋鸥黛龄岫岚峤嵘嵩巍巽帆彧徽忻怿恺悰愫懿戬捷揆擎攸敏旻旸昀昂昕昙晁晗晞晟晢暄暎曜朔杉杭杼枫柏柯"
    "栩桁桓桦梓梧棠棣椿楷榆榕樱橙櫆歆殊毓汀汐汶沐沣泠泱泽洛洺浔浠涓涵淇淑渊渝湉湘溥滟漪潆澄濯煌燊爽牧猛玑玘玠"
    "玫玲珈珞珣琇琏琬琮琰瑀瑄瑗瑛瑭璋璞瓒甜畅畴皓皖盈睦睿矗硕碧祎祯禛禾秉秣稷穗竑笙筠筱箫篪粲糖紫纾绮绾绿缇缦"
    "羲翘翠翰聿脩臻舜艺苇苏苑茗荔荧荻莘莹莺菡菱葳葵蒨蓉蔷薰藩蘅虔蝶衡诗诚谦豫贞赫跃辕辙达逊逵邑邦郡酩采释铃铉铠"
    "银锋镜镭长闯阔阡隽雍雯霏靓靖韶顺颀颖飘驰骏骐鲲鸣鸿鹃鹏鹰黎"
)
"""Characters of given names that statutes have too seldom to be learnt there."""


@dataclass(frozen=True, slots=True)
class People(Names):
    """Draws names with rare surnames among them, and names of other tongues spelt without a dot."""

    @classmethod
    def of(cls, seed: random.Random, rare: str, given: Sequence[str] = ()) -> Self:
        """Names with surnames of both lists, their shares flattened so that rare ones occur."""
        shares = {**lexicon().surnames, **dict.fromkeys(rare_surnames(), _RARE_SHARE)}
        weights = tuple(accumulate(share**_FLAT for share in shares.values()))
        return cls(seed, rare, tuple(shares), weights, given)

    def plain(self) -> str:
        """A surname and one or two characters, or a given name of the countryside."""
        if self.chance.random() < 0.03:
            surname = self.chance.choices(self.surnames, cum_weights=self.weights)[0]
            return surname + self.chance.choice(words("people_words.txt")["小名"])
        return Names.plain(self)

    def _given(self) -> str:
        seldom = self.chance.random() < 0.12
        return self.chance.choice(_SELDOM) if seldom else Names._given(self)

    def spelt(self) -> str:
        """A name of another tongue, at times after a surname; rules find the longer ones."""
        parts = spelt_parts()
        name = self.chance.choice(parts)
        drawn = self.chance.random()
        if drawn > 0.92 and len(name) < LONGEST:
            return self.chance.choices(self.surnames, cum_weights=self.weights)[0][0] + name
        if drawn < 0.75:
            name += self.chance.choice(parts if drawn < 0.5 else _ENDS)
        while len(name) > LONGEST:
            name = self.chance.choice(parts)
        return name

    def any(self) -> str:
        """Mostly plain names, a few covered, transliterated, spelt or split by spaces."""
        drawn = self.chance.random()
        if drawn < 0.03:
            return self.covered()
        if drawn < 0.045:
            return self.dotted()
        if drawn < 0.075:
            return self.spelt()
        name = self.plain()
        if drawn < 0.12:
            return (" " * self.chance.choice((1, 1, 2))).join(name)
        return name


@dataclass(frozen=True, slots=True)
class PeopleAndWords(People):
    """Draws names, and in their place, as often as ``share`` says, words that are none.

    So sentences about people teach also what is no name; ``is_word`` tells which is which.
    """

    drawn: Sequence[str] = ()
    titles: Sequence[str] = ()
    shops: Sequence[str] = ()
    share: float = 0.5

    def plain(self) -> str:
        """A name, or one of the words, a surname with a title, or a shop called after somebody."""
        drawn = self.chance.random() / self.share
        if drawn < 0.72:
            return self.chance.choice(self.drawn)
        if drawn < 0.94:
            surname = self.chance.choices(self.surnames, cum_weights=self.weights)[0]
            return surname + self.chance.choice(self.titles)
        if drawn < 1:
            return People.plain(self) + self.chance.choice(self.shops)
        return People.plain(self)

    def is_word(self, value: str, words: frozenset[str]) -> bool:
        """Whether a drawn value is none of the names; ``words`` are all that are drawn."""
        whole = "".join(value.split())
        titled = any(whole[n:] in self.titles and whole[:n] in self.surnames for n in (1, 2))
        return titled or whole in words or whole.endswith(tuple(self.shops))
