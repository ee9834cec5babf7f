/** What an expression in a selector of labels may say of a label. */
export const LABEL_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** The same of nodes, whose labels may be numbers. */
export const NODE_OPERATORS = [...LABEL_OPERATORS, 'Gt', 'Lt'];
