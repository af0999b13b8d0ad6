import type { RunEvent } from "./events";

type Untold<T extends RunEvent> = T extends RunEvent ? Omit<T, "stack" | "at"> : never;
/** An event before it is told. */
export type NewEvent = Untold<RunEvent>;

/** A place in the stream; empty while its event may not be told yet. */
interface Place {
  event?: NewEvent;
}

/** Hands events on in the order in which they happened, also when one of them may be told only later. */
export class EventStream {
  private places: Place[] = [];

  constructor(
    private readonly stack: string,
    private readonly listener: ((event: RunEvent) => void) | undefined,
  ) {}

  emit(event: NewEvent): void {
    this.places.push({ event });
    this.tell();
  }

  /** Keeps a place, and holds back what comes after it until the returned function is called with its event. */
  reserve(): (event: NewEvent) => void {
    const place: Place = {};
    this.places.push(place);
    return (event) => {
      place.event = event;
      this.tell();
    };
  }

  private tell(): void {
    let told = 0;
    for (const { event } of this.places) {
      if (!event) break;
      told++;
      this.listener?.({ ...event, stack: this.stack, at: new Date().toISOString() } as RunEvent);
    }
    this.places = told === this.places.length ? [] : this.places.slice(told);
  }
}
