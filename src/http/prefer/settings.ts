/** The setting that lets clients say how they like to be answered (RFC 7240). */
export interface PreferSettings {
  /**
   * Honours `Prefer`: `return=minimal` leaves out what a changing call would send back, `respond-async` answers 202 as
   * soon as the input is known to be good and runs the service behind it. Off if it is not given.
   */
  readonly prefer?: boolean | { readonly return?: boolean; readonly respondAsync?: boolean }
}
