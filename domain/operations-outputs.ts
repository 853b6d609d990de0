/** The output of the operations stack that says where a scope is called; no two scopes share one, for no name has capitals. */
export const operationsUrlOutput = (scope: string): string =>
  `OperationsUrl${scope.charAt(0).toUpperCase()}${scope.slice(1).replaceAll('-', 'X')}`;
