// Gorilla's sessions in the store that is named: cookie (signed), or file.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/sessions"
)

var onePizza = regexp.MustCompile(`^[1-9][0-9]? (small|medium|large)$`)

// One turn: the basket so far and a message in, the basket and a reply out.
func turn(basket, body string) (string, string) {
	said := strings.ToLower(strings.TrimSpace(body))
	if onePizza.MatchString(said) {
		if basket != "" {
			said = basket + ", " + said
		}
		return said, said + ". Anything else? Or yes."
	}
	if said == "yes" && basket != "" {
		return "", "Confirmed: " + basket
	}
	return basket, "Say what you would like, as in '2 large'."
}

func main() {
	var store sessions.Store
	key := []byte("development-only-not-a-secret-32")
	if os.Args[1] == "file" {
		folder, err := os.MkdirTemp("", "atlas-")
		if err != nil {
			panic(err)
		}
		ended := make(chan os.Signal, 1)
		signal.Notify(ended, syscall.SIGTERM)
		go func() { <-ended; os.RemoveAll(folder); os.Exit(0) }()
		store = sessions.NewFilesystemStore(folder, key)
	} else {
		store = sessions.NewCookieStore(key)
	}

	http.HandleFunc("/sms", func(w http.ResponseWriter, r *http.Request) {
		session, _ := store.Get(r, "session")
		basket, _ := session.Values["basket"].(string)
		time.Sleep(30 * time.Millisecond) // what a query takes
		next, reply := turn(basket, r.FormValue("Body"))
		session.Values["basket"] = next
		if err := session.Save(r, w); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprintf(w, `<?xml version="1.0"?><Response><Message>%s</Message></Response>`, reply)
	})
	panic(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
