"""Invented names of people, from the surnames of the lexicon and characters of given names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from gongkai_classifiers.names import lexicon

COMMON = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志辉鹏飞斌波宇浩凯健俊帆雪"
    "琳晶莹倩雯婷玲慧佳欣怡萍春梅莉菊琴珍凤香月爱淑惠云莲荣燕蓉美娥巧翠珠素真环瑞彩彬富顺"
    "信子发武新利清毅安晓小海山龙生福元全胜学祥才仁和雨思梦诗涵轩博睿泽晨阳昊天佑嘉铭宏立"
    "德成民友裕河哲江振壮会群豪心邦承乐绍功松善厚庆民裕言若鸣朋梁栋维启克伦翔旭士以建家致"
    "树炎行时泰盛雄琛钧冠策腾楠榕风航弘忠义贵福生东亮政谦亨奇固之轮翰朗伯鸿保长宗光永世万"
    "金银玺石柱根林森木田水泉冰洁纯贤良正直方圆满堂兴旺昌发财喜进先锋前程远大有为增加培养"
    "卫党向红爱民拥军援朝跃胜利解放建设少华子涵梓萱一诺若曦可心宛如依诺雅芝慕南北乔木希望"
    "岩岚岭峰峻巍昆仑川洲沛润泓淼灿炜烨焕熙煜照然煦晖晴昕昱昭晔显景智聪颖敬恩惟恒悦愉怀慈"
    "彦彤影微律衡徽忆念齐斋斐斓书画琪琦珂玮珊珏璐瑶璇瑾琼瑜瑛丹彤朱碧青蓝紫素绮绣纹纲经纬"
    "芬芝芹芸苗茂茜荷莎菲萌葵蓓蔚蕾薇霖霄震雷电霜露静宁宇宙定安康宜宝实守宽寒尚尧舜禹尹"
    "四九三二五七十斋仲叔季孟元初冬秋夏季午辰寅卯"
)
"""Characters of given names; a character written twice is drawn twice as often."""

_ROMANS = """
阿依古丽 买买提 艾合买提 吐尔逊 阿卜杜拉 努尔兰 叶尔肯 玛依拉 古丽娜尔 热合曼 迪力夏提 帕提古丽
卡德尔 木拉提 库尔班 阿不都 赛力克 哈力克 斯琴 其木格 乌云 巴特尔 那顺 宝音 次仁 卓玛 扎西 多吉
旺堆 央金 尼玛 格桑 索朗 罗桑 仁青 才让 麦麦提 吾买尔 依明 沙依提
"""
_COVERS = ("某", "某某", "某甲", "某乙", "×", "××", "*", "**")


@dataclass(frozen=True, slots=True)
class Names:
    """Draws names.

    ``rare`` holds characters that names seldom have, for one in ten of them; ``given`` given
    names as they are, for half of the names when there are any.
    """

    chance: random.Random
    rare: str
    surnames: Sequence[str]
    weights: Sequence[float]
    given: Sequence[str] = ()

    @classmethod
    def of(cls, seed: random.Random, rare: str, given: Sequence[str] = ()) -> Names:
        """Names with surnames of the lexicon, their shares flattened so that rare ones occur."""
        shares = lexicon().surnames
        weights = tuple(accumulate(v**0.7 for v in shares.values()))
        return cls(seed, rare, tuple(shares), weights, given)

    def plain(self) -> str:
        """A surname and one or two characters, in full."""
        surname = self.chance.choices(self.surnames, cum_weights=self.weights)[0]
        if self.given and self.chance.random() < 0.5:
            return surname + self.chance.choice(self.given)
        drawn = self.chance.random()
        if drawn < 0.25:
            return surname + self._given()
        first = self._given()
        return surname + first + (first if drawn > 0.97 else self._given())

    def _given(self) -> str:
        return self.chance.choice(self.rare if self.chance.random() < 0.12 else COMMON)

    def covered(self) -> str:
        """A name covered in part: 李某某, 张*三, 王××."""
        surname = self.chance.choices(self.surnames, cum_weights=self.weights)[0]
        if self.chance.random() < 0.3:
            return surname + "*" + self._given()
        return surname + self.chance.choice(_COVERS)

    def dotted(self) -> str:
        """A transliterated name of two parts."""
        return "·".join(self.chance.sample(_ROMANS.split(), 2))

    def any(self) -> str:
        """Mostly plain names, a few covered, transliterated or split by spaces."""
        drawn = self.chance.random()
        if drawn < 0.03:
            return self.covered()
        if drawn < 0.045:
            return self.dotted()
        name = self.plain()
        if drawn < 0.09:
            return (" " * self.chance.choice((1, 1, 2))).join(name)
        return name
