"""What surrounds the page: journey, header, findings, status line, command palette."""
