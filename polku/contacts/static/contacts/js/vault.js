// What was written, kept on this device as ciphertext, only while the server is out of reach.
// The key comes with the signed-in page and lives in memory alone: without signing in as the same
// person, what lies here can't be read. Signing out empties it (Clear-Site-Data).
const NAME = "polku";
const STORE = "buffers";

// Rejects where the browser has no means to seal: then nothing is kept on the device at all.
export async function keyFrom(text) {
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, work) {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const change = base.transaction(STORE, mode, { durability: "strict" });
      const asked = work(change.objectStore(STORE));
      change.oncomplete = () => resolve(asked.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    base.close();
  }
}

const bound = (name) => new TextEncoder().encode(name);

export async function put(key, name, what) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(what));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(name) }, key, plain);
  await within("readwrite", (store) => store.put({ iv, sealed }, name));
}

// What another person has left is not ours to open, and stays as it is.
export async function get(key, name) {
  const found = await within("readonly", (store) => store.get(name));
  if (!found) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv, additionalData: bound(name) }, key, found.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

export const remove = (name) => within("readwrite", (store) => store.delete(name));
export const names = () => within("readonly", (store) => store.getAllKeys());
