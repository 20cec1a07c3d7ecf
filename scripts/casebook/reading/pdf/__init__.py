"""PDF files with text: glyphs to lines, lines to paragraphs, tables and columns."""
