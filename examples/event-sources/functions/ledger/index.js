"use strict";

/**
 * One ledger for what happens anywhere: every source sends events of its own form, and a line is written for each.
 * What an API gateway sends is answered; the others want no answer.
 */
exports.main_handler = async (event) => {
  const entries = entriesOf(event);
  for (const entry of entries) console.log(JSON.stringify(entry));
  return event.httpMethod === undefined ? { entries: entries.length } : answerOf(entries);
};

function entriesOf(event) {
  if (event.Type === "Timer") return [{ source: "timer", what: event.Message || event.TriggerName }];
  if (event.httpMethod !== undefined) return [{ source: "api", what: `${event.httpMethod} ${event.path}` }];
  if (event.clslogs) return event.clslogs.records.map((record) => ({ source: "logs", what: record.content }));
  if (event.eventType) return [{ source: "media", what: event.eventType }];
  return (event.Records || []).map((record) =>
    record.cos
      ? { source: "files", what: `${record.event.eventName} ${record.cos.cosObject.key}` }
      : { source: "messages", what: record.Ckafka.msgBody },
  );
}

function answerOf(entries) {
  return {
    statusCode: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ entries }),
    isBase64Encoded: false,
  };
}
