"""The paper scene's words: our own couplets in kaihua form, an image and then a feeling; what the
great flowers wish by their puns; and its labels."""

CAPTIONS = {
    "lattice": ("一张红纸一扇窗", "One sheet of red, one window of morning."),
    "scissors": (
        "剪刀开花两片片，红纸里头藏春天。",
        "Scissors bloom, two petals wide; in red paper spring can hide.",
    ),
    "broom": (
        "笤帚开花一阵风，扫开雪地一片红。",
        "The broom blooms like a gust of air; it sweeps the snow and red lies there.",
    ),
    "stone": (
        "石头开花不言声，心里点着一盏灯。",
        "A stone in bloom says not a word; the lamp it lit is all we heard.",
    ),
    "latch": (
        "门栓开花两头红，单等亲人来敲门。",
        "The latch blooms red at either end; it waits for one knock, from a friend.",
    ),
    "lamp": (
        "油灯开花一点亮，满屋影子学娘样。",
        "The lamp's one bloom is small and clear; it draws our mother's shadow here.",
    ),
    "potato": (
        "山药蛋开花圪蛋蛋，土里刨出个春天天。",
        "Potato blooms, lump after lump; out of the dirt comes spring with a jump.",
    ),
    "phone": (
        "手机开花亮堂堂，你我都在灯中央。",
        "Phones bloom bright; and you and I stand in the middle of the light.",
    ),
    "fish": ("鱼戏莲：年年有余", "Fish and lotus: plenty, year on year."),
    "pomegranate": ("榴开百子", "A pomegranate opens: a hundred seeds, a hundred children."),
    "magpie": ("喜上眉梢", "A magpie on the plum: joy alights on the brow."),
    "snake": ("蛇盘兔，必定富", "Snake coils round rabbit: riches are sure."),
    "dye": (
        "广灵染色剪纸：先刻后染，一点一色。",
        "Guangling dyed paper-cut: first the knife, then each cell drinks one drop.",
    ),
}
