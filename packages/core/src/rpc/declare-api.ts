import type { StandardSchema } from '../codec/standard-schema.ts';

/** A value as it is given at the sending end, and as it arrives at the other. */
export interface Sides<In = unknown, Out = In> {
  readonly in: In;
  readonly out: Out;
}

/** What holds for all calls of one kind. */
export interface CallOptions {
  /** How long a caller waits for the answer, in ms. Default: that of `createRpc`. Streams have `idleTimeoutMs`. */
  readonly timeoutMs?: number;
  /** A call that is lost with its line is sent again by itself, so that its handler may run twice. Default: `false`. */
  readonly retry?: boolean;
}

/** One call, or one stream of answers: what it takes, what it answers, and which errors it has of its own. */
export interface Declaration<
  Kind extends 'call' | 'stream' = 'call' | 'stream',
  Params extends Sides = Sides,
  Result extends Sides = Sides,
  Errors extends Readonly<Record<string, Sides>> = Readonly<Record<string, Sides>>,
> extends CallOptions {
  readonly kind: Kind;
  readonly params: StandardSchema | undefined;
  readonly result: StandardSchema | undefined;
  /** Without it, nothing is known of the errors while the program runs. */
  readonly errors: Readonly<Record<string, StandardSchema>> | undefined;
  /** For the compiler alone. */
  readonly types?: { readonly params: Params; readonly result: Result; readonly errors: Errors };
}

/** All that one end answers, by name. */
export type Api = Readonly<Record<string, Declaration>>;

type Schemas = Readonly<Record<string, StandardSchema>>;
type SidesOf<S> = S extends { '~standard': { types?: infer T } }
  ? NonNullable<T> extends { readonly input: infer In; readonly output: infer Out }
    ? Sides<In, Out>
    : Sides
  : Sides<void>;
type EachSides<E> = { readonly [C in keyof E]: SidesOf<E[C]> };
type Bare<E> = { readonly [C in keyof E]: Sides<E[C]> };
type None = Record<never, never>;

/** Declares a call by bare types, which only the compiler checks. */
export function call<Params = void, Result = void, Errors extends object = None>(
  options?: CallOptions,
): Declaration<'call', Sides<Params>, Sides<Result>, Bare<Errors>>;
/** Declares a call by schemas: values are held to them at both ends, and errors by their names. */
export function call<
  P extends StandardSchema | undefined,
  R extends StandardSchema | undefined,
  E extends Schemas = None,
>(
  params: P,
  result: R,
  options?: CallOptions & { readonly errors?: E },
): Declaration<'call', SidesOf<P>, SidesOf<R>, EachSides<E>>;
export function call(...given: unknown[]): Declaration {
  return declare('call', given);
}

/** Declares a stream of answers by bare types, which only the compiler checks. */
export function stream<Params = void, Item = void, Errors extends object = None>(): Declaration<
  'stream',
  Sides<Params>,
  Sides<Item>,
  Bare<Errors>
>;
/** Declares a stream of answers by schemas: one for what it takes, one for each of its items. */
export function stream<
  P extends StandardSchema | undefined,
  R extends StandardSchema | undefined,
  E extends Schemas = None,
>(params: P, item: R, options?: { readonly errors?: E }): Declaration<'stream', SidesOf<P>, SidesOf<R>, EachSides<E>>;
export function stream(...given: unknown[]): Declaration {
  return declare('stream', given);
}

function declare(kind: 'call' | 'stream', given: unknown[]): Declaration {
  const isBare = given.length < 2;
  const [params, result, options] = isBare ? [undefined, undefined, given[0]] : given;
  return { errors: isBare ? undefined : {}, ...(options as CallOptions), kind, params, result } as Declaration;
}

/** Why a call fails at the peer without the word of its handler. */
export type ReservedFailure = 'unknown-method' | 'invalid-call' | 'invalid-params' | 'busy' | 'internal';

/** The one declaration for both ends of all that one of them answers. */
export function defineApi<A extends Readonly<Record<string, Untyped>>>(api: A): A {
  return api;
}

/** The declaration of this name and kind, if there is one. */
export function declarationOf(api: Api, name: string, kind: 'call' | 'stream'): Declaration | undefined {
  // A peer may ask for `constructor`.
  const declaration = Object.hasOwn(api, name) ? api[name] : undefined;
  return declaration?.kind === kind ? declaration : undefined;
}

/** With its types in sight, the compiler would take the widest of them for those that a declaration leaves out. */
type Untyped = Omit<Declaration, 'types'>;
type TypesOf<D extends Declaration> = NonNullable<D['types']>;
/** The names of one kind. */
export type NamesOf<A extends Api, Kind> = { [N in keyof A]: A[N]['kind'] extends Kind ? N : never }[keyof A] & string;
/** What the caller gives. */
export type ParamsIn<D extends Declaration> = TypesOf<D>['params']['in'];
/** What the handler gets. */
export type ParamsOut<D extends Declaration> = TypesOf<D>['params']['out'];
/** What the handler answers. */
export type ResultIn<D extends Declaration> = TypesOf<D>['result']['in'];
/** What the caller gets. */
export type ResultOut<D extends Declaration> = TypesOf<D>['result']['out'];
/** Its own errors. */
export type ErrorsOf<D extends Declaration> = TypesOf<D>['errors'];
/** A value that may be left out where it may be undefined, and what follows it. */
export type Arguments<V, Rest extends unknown[] = []> = undefined extends V
  ? [value?: V, ...rest: Partial<Rest>]
  : [value: V, ...rest: Partial<Rest>];
