import type { Parameter } from './parameter-store.ts';

/** Finds a parameter by name or ARN in the name of whoever acts; undefined when there is none. Throws `AccessDeniedException`. */
export type ParameterReader = (nameOrArn: string) => Parameter | undefined;
