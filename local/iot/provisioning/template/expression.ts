/** A value of a template: a string, or a function that yields one (DG:provision-template, "Intrinsic functions"). */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'join'; readonly delimiter: string; readonly items: ListExpression }
  | { readonly kind: 'select'; readonly index: Expression; readonly items: ListExpression }
  | { readonly kind: 'findInMap'; readonly map: Expression; readonly first: Expression; readonly second: Expression }
  /** Literal text and `${name}` by turns; `variables` go before parameters. */
  | { readonly kind: 'sub'; readonly parts: readonly SubPart[]; readonly variables: ReadonlyMap<string, Expression> };

export type SubPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable'; readonly name: string };

export type ListExpression =
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'split'; readonly delimiter: string; readonly source: Expression };

export const literal = (value: string): Expression => ({ kind: 'literal', value });

const expressionsOf = (list: ListExpression): readonly Expression[] => (list.kind === 'list' ? list.items : [list.source]);

/** The expressions that an expression is made of. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'ref':
      return [];
    case 'join':
      return expressionsOf(expression.items);
    case 'select':
      return [expression.index, ...expressionsOf(expression.items)];
    case 'findInMap':
      return [expression.map, expression.first, expression.second];
    case 'sub':
      return [...expression.variables.values()];
  }
}

/** Whether `Fn::Join` stands anywhere in the expression. */
export const containsJoin = (expression: Expression): boolean => expression.kind === 'join' || partsOf(expression).some(containsJoin);
