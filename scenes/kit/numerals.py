"""Numbers as they are said in Chinese."""

DIGITS = "零一二三四五六七八九"


def chinese(number):
    """二十三 for 23, 一百零五 for 105; from 10,000 on the digits themselves."""
    if not 0 <= number < 10_000:
        return str(number)
    said, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    said = said or DIGITS[0]
    return said[1:] if said.startswith("一十") else said
