"""Lists people take away: the columns each account shows, totals of what is filtered, files of the whole filtered list."""
