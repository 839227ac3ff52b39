"""What tells words apart in the scripts that people write."""

# What makes a word longer, for the module regex. Chinese, Japanese, Thai and their like write words without gaps,
# Korean adds endings.
IN_WORD = r"[\w--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]"
