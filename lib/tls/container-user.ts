/** The user and group that the tier runs as in its container, at both halves: those of the official image's user `haproxy`. */
export const containerUser = { uid: 99, gid: 99 } as const;
