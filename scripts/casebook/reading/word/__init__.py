"""Word files and their kin: .docx, flat and 2003 XML, and what LibreOffice turns into one."""
