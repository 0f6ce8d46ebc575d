Feature: Todos to practise with

  Background:
    Given format "JSON"

  Scenario: Read one
    Given URL path "/todos/1"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "application/json; charset=utf-8"
    And JSON response is equal to "{"userId": 1, "id": 1, "title": "delectus aut autem", "completed": false}"

  Scenario: Add one
    Given URL path "/todos"
    And REST method "POST"
    And request is "{"userId": 1, "title": "Buy milk", "completed": false}"
    When the URL is invoked
    Then status is "201"
    And header "Location" ends with "/todos/201"
    And JSON response is equal to "{"userId": 1, "title": "Buy milk", "completed": false, "id": 201}"

  Scenario: Nothing is kept
    Given URL path "/todos/201"
    When the URL is invoked
    Then status is "404"
    And JSON response is equal to "{}"

  Scenario: Read the tenth
    Given URL path "/todos/10"
    When the URL is invoked
    Then status is "200"
    And path "/title" is "illo est ratione doloremque quia maiores aut"
    And path "/completed" is True

  Scenario: Replace it
    Given URL path "/todos/10"
    And REST method "PUT"
    And request is "{"userId": 1, "title": "Wash car", "completed": true}"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{"userId": 1, "title": "Wash car", "completed": true, "id": 10}"

  Scenario: Change it
    Given URL path "/todos/10"
    And REST method "PATCH"
    And request is "{"title": "Mow lawn"}"
    When the URL is invoked
    Then status is "200"
    And path "/title" is "Mow lawn"
    And path "/completed" is True

  Scenario: Remove it
    Given URL path "/todos/10"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{}"

  Scenario: Those of one user
    Given URL path "/todos"
    And query string "?userId=3"
    When the URL is invoked
    Then status is "200"
    And path "/0/userId" is an integer "3"
    And path "/19/userId" is an integer "3"
