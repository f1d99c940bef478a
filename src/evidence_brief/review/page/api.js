// Talks to the server that sent this page, and to nobody else. The token is a part of the page's own address.
const token = location.pathname.split("/")[1];

export class Failed extends Error {
  constructor(status, answer) {
    super(answer.said || "the answer cannot be read");
    this.status = status;
    this.problems = answer.problems || [];
  }
}

async function ask(name, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-Brief-Token": token },
  };
  let response;
  try {
    response = await fetch(`api/${name}`, { ...options, cache: "no-store", credentials: "omit" });
  } catch {
    throw new Failed(0, { said: "brief review has ended; start it again to go on. Every step until here is written." });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failed(response.status, answer);
  return answer;
}

export const get = name => ask(name);
export const post = (name, body) => ask(name, body);
