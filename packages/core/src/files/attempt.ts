/** What is known of one offer: it ends with its line. */
export interface Attempt {
  readonly transfer: number;
  isLost: boolean;
  window: number;
  /** All before it is with the receiver; undefined until the offer is answered. */
  ackedOffset: number | undefined;
  /** Of the file that the receiver has made. */
  name: string | undefined;
}
