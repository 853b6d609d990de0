/** Of the package that this belongs to. */
export const version = '0.1.0';
