// The chat room of docs/systems/chat with Gorilla's websocket package, for ../../systems/chat-servers.ts: `chat server plain`.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/gorilla/websocket"
)

const maxMembers = 32
const maxMessageBytes = 16 * 1024
const maxHistory = 50

var limits = map[string]int{"text": 2000, "name": 32, "id": 64}

type fields map[string]interface{}

// A member hears through its queue; whose queue is full reads too slowly, and is let go.
type member struct {
	name  string
	conn  *websocket.Conn
	queue chan []byte
}

// The room: those who are in, in the order in which they came, and what was said last.
var room = struct {
	sync.Mutex
	members []*member
	history []fields
	count   int
}{history: []fields{}}

func main() {
	upgrader := websocket.Upgrader{
		EnableCompression: os.Args[2] == "compressed",
		CheckOrigin:       func(*http.Request) bool { return true },
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"port\":%d}\n", listener.Addr().(*net.TCPAddr).Port)
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if conn, err := upgrader.Upgrade(w, r, nil); err == nil {
			attend(conn, r.URL.Query().Get("name"))
		}
	}))
	// Whoever started it ends it by the end of its input.
	io.Copy(io.Discard, os.Stdin)
}

func attend(conn *websocket.Conn, wanted string) {
	defer conn.Close()
	// It counts what compression made of a message; the message itself is measured below.
	conn.SetReadLimit(4 * maxMessageBytes)
	joined := join(conn, wanted)
	if joined == nil {
		full := websocket.FormatCloseMessage(websocket.CloseTryAgainLater, "the room is full")
		conn.WriteControl(websocket.CloseMessage, full, time.Now().Add(time.Second))
		return
	}
	go joined.write()
	for {
		kind, message, err := conn.ReadMessage()
		if err != nil {
			break
		}
		if len(message) > maxMessageBytes {
			large := websocket.FormatCloseMessage(websocket.CloseMessageTooBig, "the message is too long")
			conn.WriteControl(websocket.CloseMessage, large, time.Now().Add(time.Second))
			continue
		}
		joined.hear(kind, message)
	}
	leave(joined)
}

func join(conn *websocket.Conn, wanted string) *member {
	room.Lock()
	defer room.Unlock()
	if len(room.members) >= maxMembers {
		return nil
	}
	if wanted = strings.TrimSpace(wanted); check("name", wanted) != nil {
		room.count++
		wanted = fmt.Sprintf("Gopher %d", room.count)
	}
	joined := &member{name: freeName(wanted), conn: conn, queue: make(chan []byte, 1024)}
	room.members = append(room.members, joined)
	joined.tell(fields{"type": "welcome", "name": joined.name, "members": names(), "history": room.history})
	tellAll(fields{"type": "joined", "name": joined.name})
	return joined
}

func freeName(wanted string) string {
	taken := map[string]bool{}
	for _, name := range names() {
		taken[name] = true
	}
	name := wanted
	for number := 2; taken[name]; number++ {
		name = fmt.Sprintf("%s %d", wanted, number)
	}
	return name
}

func leave(left *member) {
	room.Lock()
	defer room.Unlock()
	rest := []*member{}
	for _, each := range room.members {
		if each != left {
			rest = append(rest, each)
		}
	}
	room.members = rest
	close(left.queue)
	tellAll(fields{"type": "left", "name": left.name})
}

func (m *member) hear(kind int, message []byte) {
	room.Lock()
	defer room.Unlock()
	request, fault := parse(kind, message)
	if fault != nil {
		m.tell(fault)
		return
	}
	switch request["type"] {
	case "say":
		said := fields{"type": "said", "from": m.name, "text": request["text"]}
		if id, ok := request["id"]; ok {
			said["id"] = id
		}
		room.history = append(room.history, said)
		if len(room.history) > maxHistory {
			room.history = room.history[1:]
		}
		tellAll(said)
	case "rename":
		m.rename(strings.TrimSpace(request["name"].(string)))
	case "probe":
		m.tell(fields{"type": "probe-reply"})
	}
}

func (m *member) rename(name string) {
	was := m.name
	if name == was {
		return
	}
	m.name = freeName(name)
	tellAll(fields{"type": "renamed", "name": m.name, "was": was})
}

func (m *member) tell(reply fields) {
	line, _ := json.Marshal(reply)
	select {
	case m.queue <- line:
	default:
		m.conn.Close()
	}
}

func (m *member) write() {
	for line := range m.queue {
		m.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
		if m.conn.WriteMessage(websocket.TextMessage, line) != nil {
			m.conn.Close()
		}
	}
}

func tellAll(reply fields) {
	for _, each := range room.members {
		each.tell(reply)
	}
}

func names() []string {
	all := []string{}
	for _, each := range room.members {
		all = append(all, each.name)
	}
	return all
}

func parse(kind int, message []byte) (request, fault fields) {
	if kind != websocket.TextMessage {
		return nil, newFault("binary", "the message is binary; the chat takes text")
	}
	if json.Unmarshal(message, &request) != nil || request == nil {
		return nil, newFault("not-json", "a message is one JSON object")
	}
	wanted := []string{}
	switch request["type"] {
	case "say":
		wanted = append(wanted, "text")
		if _, ok := request["id"]; ok {
			wanted = append(wanted, "id")
		}
	case "rename":
		wanted = append(wanted, "name")
	case "probe":
	default:
		return nil, newFault("unknown-type", `type may be "say", "rename" or "probe"`)
	}
	for _, field := range wanted {
		if fault := check(field, request[field]); fault != nil {
			return nil, fault
		}
	}
	return request, nil
}

func check(field string, value interface{}) fields {
	text, ok := value.(string)
	if !ok {
		return newFault("not-a-string", field+" must be a string")
	}
	if strings.TrimSpace(text) == "" {
		return newFault("empty", field+" is empty")
	}
	if length := len(utf16.Encode([]rune(text))); length > limits[field] {
		return newFault("too-long", fmt.Sprintf("%s has %d characters", field, length))
	}
	return nil
}

func newFault(code, message string) fields {
	return fields{"type": "error", "code": code, "message": message}
}
