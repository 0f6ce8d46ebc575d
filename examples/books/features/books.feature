Feature: Books in two formats

  Background:
    Given context is cleaned up

  Scenario: JSON where nobody asks for anything else
    Given URL path "/books/1"
    And response format "JSON"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "application/json"
    And header "Vary" is "Accept"
    And path "/title" is "Python Basics"
    And path "/page_count" is an integer "635"
    And path "/authors/0/name" is "David Amos"
    And path "/authors/3/name" is "Fletcher Heisler"
    And path "/isbn13" is "978-1775093329"

  Scenario: XML where that is preferred
    Given URL path "/books/1"
    And header "Accept" "application/json;q=0.5, application/xml"
    And response format "XML"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" starts with "application/xml"
    And XPath "/book/title" is "Python Basics"
    And XPath "/book/page_count" is an integer "635"
    And XPath "/book/authors/author[4]/name" is "Fletcher Heisler"

  Scenario: XML in, JSON out
    Given URL path "/books"
    And REST method "POST"
    And request format "XML"
    And header "Accept" "application/json"
    And response format "JSON"
    And request "book.xml"
    When the URL is invoked
    Then status is "201"
    And header "Location" starts with "/books/"
    And path "/title" is "Python Basics"
    And path "/authors/1/name" is "Joanna Jablonski"

  Scenario: JSON in, XML out
    Given URL path "/books"
    And REST method "POST"
    And request format "JSON"
    And header "Accept" "application/xml"
    And response format "XML"
    And request "book.json"
    When the URL is invoked
    Then status is "201"
    And XPath "/book/pub_date" is "2021-03-16"
    And XPath "/book/genre" is "Education"
