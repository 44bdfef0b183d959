"""Text from outside as one line that can be shown anywhere."""


def one_line(text: str) -> str:
    """Without what cannot be seen: line breaks, letters that steer a screen or turn others round, half a letter."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())
