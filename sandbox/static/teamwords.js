/* The words of the team's page, one a line: English, Italian, Polish. What it shares with the customers' page is there. */

import { WORDS } from "/static/words.js";

const OWN = {
  title: ["Play the team", "Nei panni del team", "W roli zespołu"],
  business: ["Workspace", "Workspace", "Workspace"],
  member: ["Who acts", "Chi agisce", "Kto działa"],
  places: ["Channels", "Canali", "Kanały"],
  messages: ["Messages", "Messaggi", "Wiadomości"],
  direct: ["Direct messages", "Messaggi diretti", "Wiadomości bezpośrednie"],
  home: ["Home", "Home", "Home"],
  message: ["Message, or /va and a task", "Messaggio, o /va e un compito", "Wiadomość albo /va i zadanie"],
  reply: ["Reply in the thread", "Rispondere nella conversazione", "Odpowiedź w wątku"],
  replies: ["{n} in the thread", "{n} nella conversazione", "w wątku: {n}"],
  replying: ["In the thread of: {what}", "Nella conversazione di: {what}", "W wątku: {what}"],
  stopReply: ["Leave the thread", "Lasciare la conversazione", "Wyjście z wątku"],
  delegate: ["Delegate", "Affidare", "Zlecenie"],
  onlyYou: ["Only you can see this", "Visibile solo a Lei", "Widoczne tylko dla tej osoby"],
  app: ["APP", "APP", "APP"],
  bell: ["Put a bell on it", "Aggiungere una campanella", "Dodanie dzwonka"],
  delegateThis: ["Delegate to the desk", "Affidare alla segreteria", "Zlecenie dla sekretariatu"],
  empty: ["Nothing here yet. Try /va help.", "Ancora nulla. Provi con /va aiuto.", "Jeszcze nic tu nie ma. Można zacząć od /va pomoc."],
  noHome: ["The app shows its page in a moment.", "La pagina dell’app arriva fra un momento.", "Strona aplikacji za chwilę się pojawi."],
  close: ["Close", "Chiudere", "Zamykam"],
  nobody: ["No workspace is connected.", "Nessun workspace collegato.", "Nie połączono żadnego workspace’u."],
  none: ["none", "nessuno", "brak"],
  optional: ["optional", "facoltativo", "nieobowiązkowe"],
  choose: ["Choose…", "Scegliere…", "Do wyboru…"],
  sure: ["Really?", "Davvero?", "Na pewno?"],
};

const spoken = (place) => Object.fromEntries(Object.entries(OWN).map(([key, words]) => [key, words[place]]));

export const TEAM = Object.fromEntries(["en", "it", "pl"].map((language, place) => [language, { ...WORDS[language], ...spoken(place) }]));
