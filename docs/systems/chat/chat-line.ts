/**
 * How far a message of one's own has come: waiting for a connection, handed to the transport, heard from the room;
 * handed over when the connection was lost; given up.
 */
export type Delivery = 'queued' | 'sent' | 'delivered' | 'uncertain' | 'dropped';

/** One line of the conversation; `text` comes from the network and is only ever shown as text. */
export type ChatLine =
  | { readonly kind: 'own'; readonly number: number; readonly text: string; readonly id: string; delivery: Delivery }
  | { readonly kind: 'other'; readonly number: number; readonly from: string; readonly text: string }
  | { readonly kind: 'notice' | 'fault' | 'raw'; readonly number: number; readonly text: string };
