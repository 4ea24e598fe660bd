/* The words of the team's page, in three languages. */

export const TEAM = {
  en: {
    title: "Play the team", business: "Workspace", member: "Who acts", places: "Channels", messages: "Messages", direct: "Direct messages",
    home: "Home", message: "Message, or /va and a task", reply: "Reply in the thread", replies: "{n} in the thread", replying: "In the thread of: {what}",
    stopReply: "Leave the thread", send: "Send", attach: "Attach", delegate: "Delegate", onlyYou: "Only you can see this", app: "APP", edited: "edited",
    bell: "Put a bell on it", delegateThis: "Delegate to the desk", empty: "Nothing here yet. Try /va help.", noHome: "The app shows its page in a moment.",
    close: "Close", lost: "The connection is gone; trying again…", nobody: "No workspace is connected.", none: "none", sure: "Really?", failed: "That did not work: {why}",
  },
  it: {
    title: "Nei panni del team", business: "Workspace", member: "Chi agisce", places: "Canali", messages: "Messaggi", direct: "Messaggi diretti",
    home: "Home", message: "Messaggio, o /va e un compito", reply: "Rispondere nella conversazione", replies: "{n} nella conversazione", replying: "Nella conversazione di: {what}",
    stopReply: "Lasciare la conversazione", send: "Invio", attach: "Allegare", delegate: "Affidare", onlyYou: "Visibile solo a Lei", app: "APP", edited: "modificato",
    bell: "Aggiungere una campanella", delegateThis: "Affidare alla segreteria", empty: "Ancora nulla. Provi con /va help.", noHome: "La pagina dell’app arriva fra un momento.",
    close: "Chiudi", lost: "Connessione interrotta; nuovo tentativo…", nobody: "Nessun workspace collegato.", none: "nessuno", sure: "Davvero?", failed: "Non ha funzionato: {why}",
  },
  pl: {
    title: "W roli zespołu", business: "Workspace", member: "Kto działa", places: "Kanały", messages: "Wiadomości", direct: "Wiadomości bezpośrednie",
    home: "Home", message: "Wiadomość albo /va i zadanie", reply: "Odpowiedź w wątku", replies: "w wątku: {n}", replying: "W wątku: {what}",
    stopReply: "Wyjście z wątku", send: "Wysyłam", attach: "Załącznik", delegate: "Zlecenie", onlyYou: "Widoczne tylko dla tej osoby", app: "APP", edited: "edytowano",
    bell: "Dodanie dzwonka", delegateThis: "Zlecenie asystentom", empty: "Jeszcze nic tu nie ma. Można zacząć od /va help.", noHome: "Strona aplikacji za chwilę się pojawi.",
    close: "Zamykam", lost: "Brak połączenia; kolejna próba…", nobody: "Nie połączono żadnego workspace’u.", none: "brak", sure: "Na pewno?", failed: "Nie udało się: {why}",
  },
};
