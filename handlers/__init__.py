"""Who may call: LINE, the browser, the queue and the terminal. Thin: parse, check, call bot/, answer."""
