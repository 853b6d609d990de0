import type { ParameterReader } from '../ssm/parameter-reader.ts';
import { validationError } from './template/validation-error.ts';

/** Resolves `{{resolve:ssm:<name>[:<version>]}}` (User Guide, "Get values stored in other services using dynamic references"); other services are refused by name. */
export const dynamicReferences =
  (readParameter: ParameterReader) =>
  (service: string, reference: string): string => {
    if (service !== 'ssm')
      throw validationError(`The local AWS does not support dynamic references to ${service}: {{resolve:${service}:${reference}}}`);
    const [name = '', version] = reference.split(':');
    const parameter = readParameter(name);
    if (parameter === undefined || (version !== undefined && Number(version) !== parameter.version)) {
      throw validationError(`Parameter [${reference}] not found in the parameter store.`);
    }
    return parameter.value;
  };
