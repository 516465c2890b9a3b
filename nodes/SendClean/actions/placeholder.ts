import type { IExecuteFunctions } from 'n8n-workflow';
import { recipientPlaceholder } from '../../../shared/form/unsubscribe';
import type { Field } from '../../../shared/model';
import { written } from './hints';

/** What is in the placeholder's stead while n8n evaluates an expression. */
const stead = 'sendclean.recipient';

/**
 * The value of a field in which `{{email}}` stands for the recipient. n8n's editor makes an expression of a field as
 * soon as somebody types `{{`, and would evaluate it to nothing.
 * @param value what n8n says it is.
 */
export function withPlaceholder(
  context: IExecuteFunctions,
  itemIndex: number,
  field: Field,
  value: unknown,
): unknown {
  const raw = written(context.getNode().parameters, field);
  if (field.kind !== 'unsubscribe' || typeof raw !== 'string' || !raw.startsWith('=')) return value;
  const expression = raw.slice(1).replaceAll(recipientPlaceholder, stead);
  if (!expression.includes(stead)) return value;
  const evaluated: unknown = context.evaluateExpression(expression, itemIndex);
  return typeof evaluated === 'string' ? evaluated.replaceAll(stead, '{{email}}') : evaluated;
}
