"""Talk: questions, and answers that open only when both have given one."""
