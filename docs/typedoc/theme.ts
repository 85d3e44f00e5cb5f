import {
  type ContainerReflection,
  type DeclarationReflection,
  type ReferenceReflection,
  type Reflection,
  ReflectionKind,
} from 'typedoc';
import { type MarkdownPageEvent, MarkdownTheme, MarkdownThemeContext, ModuleRouter } from 'typedoc-plugin-markdown';

type Partials = MarkdownThemeContext['partials'];
type Shorter = Pick<Partials, 'accessor' | 'groups' | 'inheritance' | 'signatureParameters' | 'signatureReturns'>;

/** A page for each module; its address is what stands behind `from`, without the scope. */
export class ReferenceRouter extends ModuleRouter {
  override getIdealBaseName(reflection: Reflection): string {
    const name = super.getIdealBaseName(reflection);
    // A member has no page, and must not take the name of one: holdfast.Codec is not holdfast/codec.
    return reflection.kindOf(ReflectionKind.Module) ? name : `~${name}`;
  }
}

/** Pages of the reference, shorter than they come: what a signature says already is not said again below it. */
export class ReferenceTheme extends MarkdownTheme {
  override getRenderContext(page: MarkdownPageEvent<Reflection>): MarkdownThemeContext {
    const context = new MarkdownThemeContext(this, page, this.application.options);
    context.partials = { ...context.partials, ...shorter(context, context.partials) };
    return context;
  }
}

function shorter(context: MarkdownThemeContext, full: Partials): Shorter {
  return {
    // The signature ends with the type.
    signatureReturns: () => '',
    // Where a member comes from stands once, below the title of its class or interface.
    inheritance: () => '',
    // A parameter that is taken apart has no name of its own: those of ours are options.
    signatureParameters: (model, options) =>
      full.signatureParameters(model, options).replace('__namedParameters', 'options'),
    accessor: (model) => accessor(context, model),
    groups: (model, options) => groups(context, full, model, options),
  };
}

/** What is read, and that it can be set; one sentence for both. */
function accessor({ partials }: MarkdownThemeContext, model: DeclarationReflection): string {
  const { getSignature: got, setSignature: set } = model;
  const comment = got?.comment ?? set?.comment ?? model.comment;
  return [
    got ? partials.signatureTitle(got, { accessor: 'get' }) : '',
    set ? partials.signatureTitle(set, { accessor: 'set' }) : '',
    comment ? partials.comment(comment) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The groups of a page, and last, in one table, the names that are described on another. */
function groups(
  context: MarkdownThemeContext,
  full: Partials,
  model: ContainerReflection,
  options: Parameters<Partials['groups']>[1],
): string {
  const names = (model.children ?? []).filter((child): child is ReferenceReflection => child.isReference());
  const own = model.groups?.filter(({ children }) => !children.every((child) => child.isReference()));
  const rest = Object.create(model, { groups: { value: own } }) as ContainerReflection;
  const described = full.groups(rest, options);
  if (names.length === 0) return described;
  const rows = names.map((name) => `| ${linkTo(context, name)} | ${summaryOf(context, name)} |`);
  return [described, `## Also exported`, `| Name | Description |`, `| --- | --- |`, ...rows]
    .filter(Boolean)
    .join('\n\n')
    .replaceAll('|\n\n|', '|\n|');
}

function linkTo(context: MarkdownThemeContext, name: ReferenceReflection): string {
  const target = name.tryGetTargetReflectionDeep();
  return target && context.router.hasUrl(target) ? `[\`${name.name}\`](${context.urlTo(target)})` : `\`${name.name}\``;
}

/** The first sentence of what is said about it. */
function summaryOf({ helpers }: MarkdownThemeContext, name: ReferenceReflection): string {
  const target = name.tryGetTargetReflectionDeep() as DeclarationReflection | undefined;
  const comment = target?.comment ?? target?.signatures?.[0]?.comment;
  const text = comment ? helpers.getCommentParts(comment.summary).replaceAll('\n', ' ').replaceAll('|', '\\|') : '';
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}
