"""Questions, and answers that stay sealed until both members have given one."""
