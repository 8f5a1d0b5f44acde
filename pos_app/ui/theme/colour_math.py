"""How well one colour stands out from another (WCAG 2 relative luminance)."""


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 (black) to 1 (white)."""
    parts = []
    for start in (1, 3, 5):
        value = int(colour[start : start + 2], 16) / 255
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> str:
    """The grey of the same luminance: what is left when colour is taken away."""
    shine = luminance(colour)
    value = shine * 12.92 if shine <= 0.0031308 else 1.055 * shine ** (1 / 2.4) - 0.055
    part = f"{round(value * 255):02X}"
    return f"#{part}{part}{part}"
