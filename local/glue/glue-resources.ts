import * as z from 'zod';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { tolerating } from '../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty } from '../cloudformation/property-types.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';

const parameters = z.record(z.string(), stringProperty);
const column = z.strictObject({ Name: stringProperty, Type: stringProperty.optional(), Comment: stringProperty.optional() });

const databaseType = 'AWS::Glue::Database';

const database = z.strictObject({
  CatalogId: stringProperty,
  DatabaseInput: z.strictObject({
    Name: stringProperty.optional(),
    Description: stringProperty.optional(),
    LocationUri: stringProperty.optional(),
    Parameters: parameters.optional(),
  }),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-database.html */
export const databaseResource = (call: CallOperation): ResourceProvider => ({
  type: databaseType,
  createOnly: ['CatalogId', 'DatabaseInput/Name'],
  create: async (properties, context) => {
    const { CatalogId, DatabaseInput } = parseProperties(databaseType, database, properties);
    const { Name = context.generateName(255).toLowerCase() } = DatabaseInput;
    await call('CreateDatabase', { CatalogId, DatabaseInput: { ...DatabaseInput, Name } });
    return { physicalId: Name, attributes: {} };
  },
  update: async (state, { to }) => {
    const { CatalogId, DatabaseInput } = parseProperties(databaseType, database, to);
    const { physicalId: Name } = state;
    await call('UpdateDatabase', { CatalogId, Name, DatabaseInput: { ...DatabaseInput, Name } });
    return state;
  },
  delete: async (state) => {
    await tolerating(['EntityNotFoundException'], call('DeleteDatabase', { Name: state.physicalId }));
  },
});

const tableType = 'AWS::Glue::Table';

const table = z.strictObject({
  CatalogId: stringProperty,
  DatabaseName: stringProperty,
  TableInput: z.strictObject({
    Name: stringProperty,
    Description: stringProperty.optional(),
    Owner: stringProperty.optional(),
    Parameters: parameters.optional(),
    PartitionKeys: z.array(column).optional(),
    Retention: integerProperty.optional(),
    StorageDescriptor: z
      .strictObject({
        Columns: z.array(column).optional(),
        Compressed: booleanProperty.optional(),
        InputFormat: stringProperty.optional(),
        Location: stringProperty.optional(),
        OutputFormat: stringProperty.optional(),
        Parameters: parameters.optional(),
        SerdeInfo: z.strictObject({ Parameters: parameters.optional(), SerializationLibrary: stringProperty.optional() }).optional(),
      })
      .optional(),
    TableType: stringProperty.optional(),
  }),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-table.html; a table without a name is not made here. */
export const tableResource = (call: CallOperation): ResourceProvider => ({
  type: tableType,
  createOnly: ['CatalogId', 'DatabaseName', 'TableInput/Name'],
  create: async (properties) => {
    const input = parseProperties(tableType, table, properties);
    await call('CreateTable', input);
    return { physicalId: input.TableInput.Name, attributes: {} };
  },
  update: async (state, { to }) => {
    await call('UpdateTable', parseProperties(tableType, table, to));
    return state;
  },
  delete: async (state, properties) => {
    const { CatalogId, DatabaseName } = parseProperties(tableType, table, properties);
    await tolerating(['EntityNotFoundException'], call('DeleteTable', { CatalogId, DatabaseName, Name: state.physicalId }));
  },
});
