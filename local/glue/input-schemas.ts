import * as z from 'zod';

/** Glue API Reference: a name is 1 to 255 bytes of one line; what Athena reads must be in small letters. */
export const entityName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u);

const parameters = z.record(z.string(), z.string());

const column = z.strictObject({ Name: entityName, Type: z.string().max(131_072).optional(), Comment: z.string().max(255).optional() });

const storage = z.strictObject({
  Columns: z.array(column).optional(),
  Compressed: z.boolean().optional(),
  InputFormat: z.string().optional(),
  Location: z.string().max(2056).optional(),
  NumberOfBuckets: z.int().optional(),
  OutputFormat: z.string().optional(),
  Parameters: parameters.optional(),
  SerdeInfo: z
    .strictObject({ Name: entityName.optional(), Parameters: parameters.optional(), SerializationLibrary: z.string().optional() })
    .optional(),
  StoredAsSubDirectories: z.boolean().optional(),
});

/** https://docs.aws.amazon.com/glue/latest/webapi/API_DatabaseInput.html */
export const databaseInput = z.strictObject({
  Name: entityName,
  Description: z.string().max(2048).optional(),
  LocationUri: z.string().max(1024).optional(),
  Parameters: parameters.optional(),
});

/** https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html */
export const tableInput = z.strictObject({
  Name: entityName,
  Description: z.string().max(2048).optional(),
  Owner: entityName.optional(),
  Parameters: parameters.optional(),
  PartitionKeys: z.array(column).optional(),
  Retention: z.int().min(0).optional(),
  StorageDescriptor: storage.optional(),
  TableType: z.string().max(255).optional(),
});
