/** A page of any engine: what the pages of Playwright and those of our own WebKit both do. */
export interface EnginePage {
  /** Loads this address; its modules have run when it resolves. */
  goto(url: string): Promise<unknown>;
  /** Runs a function in the page, which sees nothing but its argument; both ways goes what JSON can hold. */
  evaluate<Result, Arg>(act: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
}

/** A browser of any engine. */
export interface EngineBrowser {
  /** An empty page that shares nothing with others: no cookies, no storage. */
  newPage(): Promise<EnginePage>;
  /** Ends all pages, and resolves when no process is left. */
  close(): Promise<void>;
}
