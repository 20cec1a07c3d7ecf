"""Single characters: script, pinyin, masks, look-alikes, gaps."""
