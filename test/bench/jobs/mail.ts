/** A usual email as the service takes it, credentials aside. */
export const request = {
  smtp_user_name: 'smtp-sandbox',
  message: {
    from_email: 'shop@example.com',
    from_name: 'Example Shop',
    to: [{ email: 'jane@example.com', name: 'Jane Doe', type: 'to' }],
    subject: 'Your order 1042',
    html: '<p>Thank you for your order.</p>',
    headers: { 'Reply-To': 'support@example.com', 'X-Unique-Id': 'order-1042', 'X-STes-TrackOpen': 'yes' },
  },
};

/** The same as a person enters it. */
export const form = {
  fromEmail: 'shop@example.com',
  fromName: 'Example Shop',
  to: 'Jane Doe <jane@example.com>',
  subject: 'Your order 1042',
  html: '<p>Thank you for your order.</p>',
  replyTo: 'support@example.com',
  xUniqueId: 'order-1042',
  trackOpens: true,
};

/** The service's answer to it. */
export const queued = '{"status":"success","message":"message have been Queued ... "}';
