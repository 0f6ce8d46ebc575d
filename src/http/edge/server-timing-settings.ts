/** Whether clients are told how long the server took. */
export interface ServerTimingSettings {
  /** Tells in each reply how long it took, in milliseconds (`Server-Timing`, W3C); in development only if not given. */
  readonly serverTiming?: boolean
}
